using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Exports.Pages.Plots;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>The maps and drawings of a place's page, each as a card with what it shows and how to read it; empty where the screen says there is nothing to compare.</summary>
internal sealed class NodePlots(NodeDashboardResponse node, NodeCharts charts, Programme programme, PageWords words)
{
    private readonly bool _schools = node.Organisation.LevelRoles.Contains("county");

    /// <summary>A province's units by what share of their reports came; a city's counties by their index. Coloured as the screen begins.</summary>
    public string Map()
    {
        var isProvince = node.Organisation.LevelRoles.Contains("province");
        var measure = isProvince ? words.Of("上报率", "Submitted") : words.Of("实施指数", "Index");
        var places = node.Children.Select(child => isProvince
            ? new MapPlace(child.Organisation.Code, words.Words.Of(child.Organisation), child.Completeness.Rate, PageWords.Share(child.Completeness.Rate), "none")
            : new MapPlace(child.Organisation.Code, words.Words.Of(child.Organisation), child.Index.Value / 100, PageWords.Score(child.Index.Value), child.Index.Light)).ToList();
        var codes = places.Select(place => place.Code).ToHashSet();
        IReadOnlyList<Tile> tiles = isProvince ? Cartogram.Units : [.. Cartogram.Counties.Where(tile => codes.Contains(tile.Code))];
        string Drawn() => charts.Map is { } map ? OutlineMap.Draw(map, places, isProvince ? UnitOf : code => codes.Contains(code) ? code : null, measure, words) : TileMap.Draw(tiles, places, isProvince ? 104 : 72, measure, words);
        return _schools ? "" : Card(isProvince ? words.Of("全省分布", "Across the province") : words.Of("地图", "Map"), measure, Drawn());
    }

    public string CountyMap()
    {
        var places = charts.Counties.Select(place => new MapPlace(
            place.Organisation.Code, words.Words.Of(place.Organisation), place.Completeness.ToResponse().Rate, PageWords.Share(place.Completeness.ToResponse().Rate), "none", Unit(place.Path))).ToList();
        var label = words.Words.Of("各县上报率", "Submitted, by county");
        var map = charts.Map is { } outlines ? OutlineMap.Draw(outlines, places, code => code, label, words) : TileMap.Draw(Cartogram.Counties, places, 44, label, words);
        return map.Length == 0 ? "" : $"<section class=\"card whole wide\"><h2>{words.Of("全省各县", "Counties of the province")}<small>{words.Of("上报率", "Submitted")}</small></h2>{map}</section>";
    }

    /// <summary>What a room should talk about: furthest from the target first.</summary>
    public string Red()
    {
        var rows = node.Indicators.Where(figure => figure.Later is null && figure.Light is "red" or "amber").OrderBy(figure => PageHeat.Reached(figure.Value, figure.Target, figure.Direction) ?? 1).Take(6)
            .Select(figure => Indicator(figure.Id) is var indicator
                ? $"<li class=\"{figure.Light}\"><span>{PageCharts.Light(figure.Light, words)} {words.Of(indicator.Name)}</span><span class=\"track\"><i style=\"width:{PageWords.Percent(PageHeat.Reached(figure.Value, figure.Target, figure.Direction) ?? 1)}\"></i></span><strong class=\"n\">{Said(indicator, figure.Value)}</strong><span class=\"n quiet\">{words.Of("目标", "Target")} {PageWords.Tick(Said(indicator, figure.Target))}</span></li>" : "");
        return string.Concat(rows) is { Length: > 0 } list ? Card(words.Of("离目标最远的指标", "Furthest from the target"), "", $"<ol class=\"red-list\">{list}</ol>")
            : Card(words.Of("离目标最远的指标", "Furthest from the target"), "", $"<p class=\"quiet\">{words.Of("没有低于目标的指标。", "Nothing is below its target.")}</p>");
    }

    /// <summary>One indicator across the places: the one that most of them fall short of.</summary>
    public string Compared()
    {
        static int Behind(string light) => light switch { "red" => 2, "amber" => 1, _ => 0 };
        var figure = node.Indicators.Where(figure => node.Children.Any(child => Value(child, figure.Id) is not null))
            .MaxBy(figure => node.Children.Sum(child => Behind(child.Figures.GetValueOrDefault(figure.Id)?.Light ?? "none")));
        if (figure is null)
        {
            return "";
        }

        var indicator = Indicator(figure.Id);
        var bars = node.Children.Where(child => Value(child, figure.Id) is not null).Select(child => new PlotBar(words.Words.Of(child.Organisation), (double)Value(child, figure.Id)!, child.Figures[figure.Id].Light))
            .OrderBy(bar => figure.Direction == "down" ? bar.Value : -bar.Value).Take(60).ToList();
        return Card(words.Of("指标对比", "One indicator compared"), words.Of(indicator.Name), Drawings.Bars(words.Words.Of(indicator.Name), bars, Values(indicator, figure.Target)));
    }

    public string Scatter()
    {
        var known = node.Indicators.Where(figure => node.Children.Any(child => Value(child, figure.Id) is not null)).ToList();
        if (node.Organisation.LevelRoles.Contains("province") || known.Count < 2)
        {
            return "";
        }

        var across = known.Find(figure => figure.Id == "K27") ?? known[0];
        var up = known.Find(figure => figure.Id == (_schools ? "K03" : "K02")) ?? known[1];
        var points = node.Children.Where(child => Value(child, across.Id) is not null && Value(child, up.Id) is not null)
            .Select(child => new PlotPoint(words.Words.Of(child.Organisation), (double)Value(child, across.Id)!, (double)Value(child, up.Id)!, child.Figures[up.Id].Light)).ToList();
        var (x, y) = (Indicator(across.Id), Indicator(up.Id));
        return points.Count < 2 ? "" : Card(
            words.Of("两项对照", "Two numbers side by side"), $"{words.Of(x.Name)} × {words.Of(y.Name)}",
            Drawings.Points($"{words.Words.Of(x.Name)} × {words.Words.Of(y.Name)}", points, Values(x, across.Target) with { Unit = Named(x) }, Values(y, up.Target) with { Unit = Named(y) }),
            words.Of("每个点一个单位，虚线为目标；点在一起不等于互为因果。", "One point a place, dashes are targets; lying together is not causing one another."));
    }

    public string Control()
    {
        if (charts.Shares is not var (indicator, rows) || ControlChart.Of([.. rows.Where(row => row.Figures.GetValueOrDefault(indicator.Id) is { Reported: > 0, Numerator: not null, Denominator: not null })
            .Select(row => new ControlPart(words.Words.Of(row.Organisation), (double)row.Figures[indicator.Id].Numerator!, (double)row.Figures[indicator.Id].Denominator!))]) is not { } chart)
        {
            return "";
        }

        var outside = string.Join(words.Words.Of("、", ", "), chart.Outside);
        return Card(
            words.Of("控制图", "Control chart"), words.Of(indicator.Name), chart.Draw(words.Words.Of(indicator.Name), share => PageWords.Share((decimal)share), words.Words.Of("总体", "The whole")),
            words.Of("虚线为偶然波动的范围（三倍标准误）；只有范围以外的才值得追问。", "Dotted: how far chance reaches (three standard errors). Only what lies outside is worth a question."),
            outside.Length == 0 ? words.Of("都在正常波动之内", "All within chance") : words.Of($"范围以外：{outside}", $"Outside: {outside}"));
    }

    public string Boxes()
    {
        if (charts.Spread is not { } spread || spread.Groups.All(group => group.Spread is null))
        {
            return "";
        }

        string Name(string key, ServiceDefaults.Text? name) => name is not null ? words.Words.Of(name.Zh, name.En)
            : words.Words.Of(programme.SchoolTypes.FirstOrDefault(type => type.Key == key)?.Name) is { Length: > 0 } type ? type : words.Words.Of("不明", "unknown");
        var boxes = spread.Groups.Where(group => group.Spread is not null).Select(group => Box(Name(group.Key, group.Name), group.Spread!)).ToList();
        return Card(
            words.Of("校际分布", "Spread between schools"), words.Of(spread.Indicator.Name),
            Drawings.Boxes(words.Words.Of(spread.Indicator.Name), boxes, Values(spread.Indicator, spread.Rows.Whole.Spread?.Median) with { LineName = words.Words.Of("全部学校中位数", "Median of all schools") }),
            words.Of("方框为中间一半学校，横线为中位数，两端为最低与最高。", "The box holds the middle half of the schools, its stroke the median; the ends are lowest and highest."), AsOf(spread.Rows.AsOf));
    }

    public string Periods() => PeriodCard.Write(charts.Periods, words);

    public string Money()
    {
        if (charts.Money is not var (rows, unit) || rows.Groups.All(part => part.Value is null or <= 0))
        {
            return "";
        }

        string Say(decimal value) => PageWords.WithUnit(words.Compact(value), words.Words.Of(unit));
        // "用途：耗材" says in each field what the title says once.
        string Short(ServiceDefaults.Text? name) => words.Words.Of(name?.Zh ?? "", name?.En ?? "") is var text && text.IndexOfAny(['：', ':']) is > 0 and <= 12 and var colon ? text[(colon + 1)..].TrimStart() : text;
        var parts = rows.Groups.Where(part => part.Value > 0).Select(part => (Name: Short(part.Name), Value: part.Value!.Value)).OrderByDescending(part => part.Value).ToList();
        var whole = parts.Sum(part => part.Value);
        var list = string.Join(words.Of("；", "; "), parts.Select(part => $"{PrintedPage.Encode(part.Name)} <span class=\"n\">{Say(part.Value)} ({PageWords.Share(part.Value / whole)})</span>"));
        return Card(
            words.Of("经费构成", "What the money goes into"), words.Of("按用途", "By use"), MoneyTreemap.Draw(words.Words.Of("经费构成", "What the money goes into"), parts, Say),
            words.Of($"合计 {Say(whole)}；面积越大金额越多。", $"{Say(whole)} in all; the larger the field, the more."), list, AsOf(rows.AsOf));
    }

    public string Radar() => PageFrame.Card(words.Of("领域形状", "Shape of the areas"), PageCharts.Radar(programme.Areas, [node.Areas], words), whole: true);

    private static PlotBox Box(string name, SpreadResponse five) =>
        new(name, (double)five.Minimum, (double)five.LowerQuartile, (double)five.Median, (double)five.UpperQuartile, (double)five.Maximum);

    private static decimal? Value(ChildResponse child, string id) => child.Figures.GetValueOrDefault(id)?.Value;

    /// <summary>Of a county, where it hangs.</summary>
    private string? UnitOf(string county) => charts.Counties.FirstOrDefault(one => one.Organisation.Code == county) is { } found
        ? node.Children.FirstOrDefault(unit => unit.Organisation.Id == found.Organisation.Id || unit.Organisation.Id == found.AboveId)?.Organisation.Code ?? county : county;

    // What the second stands below: "/1/2/3/" is "/1/2/", and so is "/1/2/" itself, a county that is a city too.
    private static string Unit(string path) => string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Take(2));

    private static string Card(string title, string of, string drawing, params ReadOnlySpan<string> notes)
    {
        var text = "";
        foreach (var note in notes)
        {
            text += note.Length == 0 ? "" : $"<p class=\"note\">{note}</p>";
        }

        return PageFrame.Card(of.Length == 0 ? title : $"{title}<small>{of}</small>", drawing.Length == 0 ? "" : drawing + text, whole: true);
    }

    private string AsOf(DateTimeOffset? at) => at is { } some ? words.Of($"截至 {ExportWords.Moment(some)}", $"as of {ExportWords.Moment(some)}") : "";

    private Indicator Indicator(string id) => programme.Indicators.First(one => one.Id == id);

    private string Said(Indicator indicator, decimal? value) => PrintedPage.Encode(words.Said(indicator, value));

    private string Named(Indicator indicator) => words.Words.Of(indicator.Name) + (words.Unit(indicator) is { Length: > 0 } unit ? words.Words.Of($"（{unit}）", $" ({unit})") : "");

    private PlotValues Values(Indicator indicator, decimal? line) => words.Values(indicator, line);
}
