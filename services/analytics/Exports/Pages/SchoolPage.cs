using System.Globalization;
using System.Text;
using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>A school beside its county: the value as a bar, the county's median as a stroke, the target as a diamond.</summary>
internal static class SchoolPage
{
    /// <param name="before">The areas of the same school in the cycle before: what it is best compared with.</param>
    public static string Write(SchoolDashboardResponse school, IReadOnlyList<AreaResponse>? before, PeriodFacts? periods, Programme programme, PageFrame frame, PageWords words)
    {
        var html = new StringBuilder("<div class=\"two\"><div>");
        html.Append(CultureInfo.InvariantCulture, $"<section class=\"card whole\"><h2>{words.Of("实施指数", "Implementation index")}</h2><p class=\"big n\">{PageCharts.Light(school.Index.Light, words)} {PageWords.Score(school.Index.Value)}</p><ul class=\"todo\">");
        html.AppendJoin("", programme.Areas.Select(area => (area.Name, Score: school.Areas.FirstOrDefault(one => one.Key == area.Key))).Where(one => one.Score is not null)
            .Select(one => $"<li><span>{PageCharts.Light(one.Score!.Light, words)} {words.Of(one.Name)}</span><strong class=\"n\">{PageWords.Score(one.Score.Score)}</strong></li>"));
        html.Append("</ul></section>").Append(PageFrame.Card(words.Of("领域形状", "Shape of the areas"), PageCharts.Radar(programme.Areas, before is null ? [school.Areas] : [school.Areas, before], words), whole: true)).Append("</div>");
        html.Append(CultureInfo.InvariantCulture, $"<div><section class=\"card whole\"><h2>{words.Of("模块状态", "Modules")}</h2><ul class=\"todo\">");
        html.AppendJoin("", school.Modules.Select(module =>
            $"<li><span>{PageCharts.Box(module.State is not ("not-submitted" or "returned"))} {(programme.Module(module.Key) is { } known ? words.Of(known.Name) : PrintedPage.Encode(module.Key))}</span><span class=\"soft\">{PageFrame.State(module.State, words)}</span></li>"));
        html.Append("</ul></section>").Append(PeriodCard.Write(periods, words)).Append("</div></div>").Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{words.Of("条形为本校，竖线为县中位数，菱形为目标。", "Bar: this school; stroke: median of the county; diamond: target.")}</p>");
        foreach (var area in programme.Areas)
        {
            var lines = school.Indicators.Where(figure => figure.Area == area.Key && figure.Later is null && figure.Reason != "does-not-apply").Select(figure => Bullet(figure, programme, words));
            html.Append(PageFrame.Card(words.Of(area.Name), string.Concat(lines)));
        }

        return frame.Around(school.Organisation, school.Parents, school.AsOf, html.ToString(), portrait: true);
    }

    private static string Bullet(SchoolFigureResponse figure, Programme programme, PageWords words)
    {
        var indicator = programme.Indicators.First(one => one.Id == figure.Id);
        var top = Math.Max(figure.Value ?? 0, Math.Max(figure.CountyMedian ?? 0, figure.Target ?? 0)) * 1.08m is > 0 and var most ? most : 1;
        string Text(decimal? value) => words.Figure(value, indicator.Unit?.Zh, indicator.Decimals);
        string Mark(string kind, decimal? value) => value is { } some ? $"<i class=\"{kind}\" style=\"left:{PageWords.Percent(some / top)}\"></i>" : "";
        var beside = figure.CountyMedian is null ? "" : $"{words.Of("县中位数", "County median")} {Text(figure.CountyMedian)}";
        return $"""
            <div class="bullet {figure.Light}"><span>{PageCharts.Light(figure.Light, words)} {words.Of(indicator.Name)}</span><span class="line"><i class="bar" style="width:{PageWords.Percent(figure.Value / top)}"></i>{Mark("median", figure.CountyMedian)}{Mark("target", figure.Target)}</span><strong class="n">{Text(figure.Value)}</strong><span class="quiet">{beside}</span></div>
            """;
    }
}
