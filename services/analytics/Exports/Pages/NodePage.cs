using System.Globalization;
using System.Text;
using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>The one chart of a province, city or county, in the order of the screen.</summary>
internal static class NodePage
{
    private static readonly string[] s_worst = ["red", "amber", "green", "none"];

    public static string Write(NodeDashboardResponse node, NodeCharts charts, Programme programme, PageFrame frame, PageWords words)
    {
        var isProvince = node.Organisation.LevelRoles.Contains("province");
        var schools = node.Children.Count > 0 && node.Children.All(child => child.Organisation.LevelRoles.Contains("school"));
        var ranking = schools ? words.Of("各校比较", "Schools compared") : isProvince ? words.Of("各市比较", "Cities compared") : words.Of("各县比较", "Counties compared");
        var unit = schools ? words.Of("学校", "School") : words.Of("地区", "Area");
        var plots = new NodePlots(node, charts, programme, words);
        var ranked = $"<section class=\"card\"><h2>{ranking}<small>{words.Of("上报率", "Submitted")}</small></h2>{PageCharts.Ranking(node.Children, words)}</section>";
        var areas = PageFrame.Card(words.Of("要求领域", "Requirement areas"), PageCharts.Gauges(programme.Areas, node.Areas, words), whole: true);
        var funnel = PageFrame.Card(words.Of("填报进展", "Progress of reports"), PageCharts.Funnel(node.Completeness, words), whole: true);
        var html = new StringBuilder(Numbers(node.Completeness, node.Index, words));
        // The map beside the areas where it is the first thing to see, else below them.
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"two\"><div>{(isProvince ? plots.Map() : ranked)}</div><div>{areas}{funnel}</div></div>");
        var (red, compared) = (plots.Red(), plots.Compared());
        html.Append((isProvince ? ranked : plots.Map()) is { Length: > 0 } left ? $"<div class=\"two\"><div>{left}</div><div>{red}{compared}</div></div>" : $"<div class=\"two\"><div>{red}</div><div>{compared}</div></div>")
            .Append(isProvince ? plots.CountyMap() : "");
        if (charts.Progress is { Schools.Count: > 0 } progress)
        {
            html.Append(PageFrame.Card(words.Of("学校 × 模块进度", "Schools by modules"), Progress(progress, words)));
        }

        html.Append(PageFrame.Card(words.Of("单位 × 指标", "Places by indicators"), PageHeat.Write(node.Children, node.Indicators, programme, unit, words)));
        html.Append(PageFrame.Card(words.Of("关键指标", "Key indicators"), $"<div class=\"figures\">{string.Concat(Figures(node, programme, words))}</div>"));
        html.Append("<div class=\"plots\">").Append(isProvince ? "" : plots.Scatter() + plots.Control())
            .Append(plots.Boxes()).Append(plots.Periods()).Append(plots.Radar()).Append(plots.Money()).Append("</div>");
        html.Append(NodeList.Write(node, charts.Trends, programme, unit, words));
        return frame.Around(node.Organisation, node.Parents, node.AsOf, html.ToString(), portrait: false);
    }

    private static string Numbers(CompletenessResponse c, IndexResponse index, PageWords words)
    {
        static string Tile(string name, string value, string foot, string kind = "") => $"<div class=\"{kind}\"><dt>{name}</dt><dd class=\"n\">{value}</dd><dd class=\"quiet\">{foot}</dd></div>";
        var exempt = c.Exempt > 0 ? " · " + words.Of($"{c.Exempt} 份免报", $"{c.Exempt} exempt") : "";
        return $"<dl class=\"numbers\">{Tile(words.Of("上报率", "Submitted"), PageWords.Share(c.Rate), words.Of($"应报 {c.Due:N0} 份，已报 {c.Submitted:N0} 份", $"{c.Submitted:N0} of {c.Due:N0} due"), "hero")}"
            + Tile(words.Of("未上报", "Missing"), PageWords.Count(Math.Max(0, c.Due - c.Submitted)), words.Of("份模块填报还没有收到", "module reports not received yet") + exempt)
            + Tile(words.Of("按时率", "On time"), PageWords.Share(c.TimelyRate), words.Of($"逾期 {c.Late:N0} 份", $"{c.Late:N0} late"))
            + Tile(words.Of("省级已确认", "Accepted"), PageWords.Count(c.Accepted), PageWords.Share(c.Due == 0 ? null : (decimal)c.Accepted / c.Due))
            + Tile(words.Of("实施指数", "Implementation index"), $"{PageCharts.Light(index.Light, words)} {PageWords.Score(index.Value)}", words.Light(index.Light)) + "</dl>";
    }

    /// <summary>Worst first, each with its passport.</summary>
    private static IEnumerable<string> Figures(NodeDashboardResponse node, Programme programme, PageWords words)
    {
        foreach (var figure in node.Indicators.Where(figure => figure.Later is null).OrderBy(figure => Array.IndexOf(s_worst, figure.Light)).ThenBy(figure => figure.Id, StringComparer.Ordinal))
        {
            var indicator = programme.Indicators.First(one => one.Id == figure.Id);
            var unit = words.Of(indicator.Unit);
            var target = figure.Target is { } aim
                ? $"{words.Of("目标", "Target")} {figure.Direction switch { "up" => "≥", "down" => "≤", _ => "≈" }} {PageWords.Tick(words.Figure(aim, indicator.Unit?.Zh, 2))} · " : "";
            var share = PageHeat.Reached(figure.Value, figure.Target, figure.Direction) ?? (figure.Value is null ? 0 : 1);
            yield return $"""
                <article class="figure {figure.Light}"><h3><span class="quiet">{figure.Id}</span> {words.Of(indicator.Name)}</h3><p class="value n">{PageCharts.Light(figure.Light, words)} {words.Figure(figure.Value, indicator.Unit?.Zh, indicator.Decimals)}{(unit is "" or "%" || figure.Value is null ? "" : $" <small>{unit}</small>")}</p><div class="track"><i style="width:{PageWords.Percent(share)}"></i></div><p class="passport">{target}{PageFrame.Passport(figure.Passport, words)}</p></article>
                """;
        }
    }

    private static string Progress(ProgressResponse progress, PageWords words)
    {
        var html = new StringBuilder("<table class=\"progress\"><thead><tr><th>").Append(words.Of("学校", "School")).Append("</th>")
            .AppendJoin("", progress.Modules.Select(module => $"<th>{words.Of(module.Name.Zh, module.Name.En)}</th>")).Append("</tr></thead><tbody>");
        foreach (var school in progress.Schools)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th>{words.Of(school.NameZh, school.NameEn)}{(school.Exempt ? $" ({words.Of("免报", "exempt")})" : "")}</th>");
            html.AppendJoin("", school.States.Select(state => State(state) is var (mark, tone) ? $"<td class=\"{tone}\">{mark}</td>" : "")).Append("</tr>");
        }

        return html.Append("</tbody></table><p class=\"key\">")
            .AppendJoin("", new[] { "not-submitted", "submitted", "returned", "county-approved", "accepted" }.Select(state => $"<span><i class=\"{State(state).Tone}\">{State(state).Mark}</i>{PageFrame.State(state, words)}</span>"))
            .Append("</p>").ToString();
    }

    // Marks as on the screen, so that colour is never alone.
    private static (string Mark, string Tone) State(string? state) => state switch
    {
        null => ("·", ""),
        "submitted" or "withdrawn" or "unlocked" => ("→", "sent"),
        "returned" => (PageCharts.Returned, "back"),
        "county-approved" or "city-approved" => ("✓", "good"),
        "accepted" => ("✓✓", "best"),
        _ => ("", "nothing"),
    };
}
