using System.Globalization;
using System.Text;
using Gengdu.Analytics.Dashboards;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>Places by indicators: the darker, the nearer to the target; without a fixed target by the place among the others, a fifth each.</summary>
internal static class PageHeat
{
    // Nobody can point at paper to learn what K17 is: few places stand across and the indicators below each other, else the indicators come some at a time.
    private const int MostAcross = 16;
    private const int MostColumns = 13;
    private static readonly decimal[] s_limits = [0.6m, 0.8m, 0.9m, 1];

    /// <param name="all">The places; those without any figure are named below instead of standing as empty lines.</param>
    public static string Write(IReadOnlyList<ChildResponse> all, IReadOnlyList<FigureResponse> figures, Programme programme, string unit, PageWords words)
    {
        var columns = programme.Areas.SelectMany(area => figures.Where(figure => figure.Area == area.Key && figure.Later is null && all.Any(child => Value(child, figure) is not null))).ToList();
        var children = all.Where(child => columns.Exists(column => Value(child, column) is not null)).ToList();
        if (columns.Count == 0)
        {
            return "";
        }

        var among = columns.ToDictionary(column => column.Id, column => children.Select(child => Value(child, column)).OfType<decimal>().ToList());
        string Cell(ChildResponse child, FigureResponse column) => Value(child, column) is { } value
            ? $"<td class=\"s{Step(value, column, among[column.Id])}\">{words.Figure(value, column.Unit?.Zh, Of(column).Decimals)}</td>" : "<td class=\"nothing\">–</td>";
        Indicator Of(FigureResponse column) => programme.Indicators.First(indicator => indicator.Id == column.Id);
        string Name(FigureResponse column) => $"<span class=\"quiet\">{column.Id}</span> {words.Of(Of(column).Name)}";
        var html = new StringBuilder();
        if (children.Count <= MostAcross)
        {
            html.Append(CultureInfo.InvariantCulture, $"<table class=\"heat\"><thead><tr><th>{words.Of("指标", "Indicator")}</th>{string.Concat(children.Select(child => $"<th>{words.Of(child.Organisation)}</th>"))}</tr></thead>");
            foreach (var area in programme.Areas.Where(area => columns.Any(column => column.Area == area.Key)))
            {
                html.Append(CultureInfo.InvariantCulture, $"<tbody><tr><th class=\"area\" colspan=\"{children.Count + 1}\">{words.Of(area.Name)}</th></tr>")
                    .AppendJoin("", columns.Where(column => column.Area == area.Key).Select(column => $"<tr><th>{Name(column)}</th>{string.Concat(children.Select(child => Cell(child, column)))}</tr>")).Append("</tbody>");
            }

            html.Append("</table>");
        }
        else
        {
            var tables = (columns.Count + MostColumns - 1) / MostColumns;
            foreach (var some in columns.Chunk((columns.Count + tables - 1) / tables))
            {
                html.Append(CultureInfo.InvariantCulture, $"<table class=\"heat\"><thead><tr><th>{unit}</th>{string.Concat(some.Select(column => $"<th>{Name(column)}</th>"))}</tr></thead><tbody>")
                    .AppendJoin("", children.Select(child => $"<tr><th>{words.Of(child.Organisation)}</th>{string.Concat(some.Select(column => Cell(child, column)))}</tr>")).Append("</tbody></table>");
            }
        }

        string[] steps = [words.Of("不足目标 60%", "below 60% of target"), "60%–80%", "80%–90%", "90%–100%", words.Of("达到目标", "on target")];
        return html.Append("<p class=\"key\">").AppendJoin("", steps.Select((step, i) => $"<span><i class=\"s{i}\"></i>{step}</span>"))
            .Append(CultureInfo.InvariantCulture, $"<span><i class=\"nothing\"></i>{words.Of("暂无数据", "no figure")}</span></p>")
            .Append(Silent([.. all.Except(children)], words)).ToString();
    }

    private static string Silent(List<ChildResponse> silent, PageWords words) => silent.Count == 0 ? ""
        : $"<p class=\"note\">{words.Of($"没有任何数据的单位（{silent.Count} 个）：", $"Without any figure ({silent.Count}): ")}{string.Join(words.Of("、", ", "), silent.Select(child => words.Of(child.Organisation)))}</p>";

    /// <summary>0 to 4, as the screen colours it.</summary>
    internal static int Step(decimal value, FigureResponse figure, IReadOnlyList<decimal> among)
    {
        if (figure is { Direction: "band", Target: { } middle and not 0 })
        {
            return (int)Math.Max(0, 4 - Math.Floor(Math.Abs((value / middle) - 1) / 0.1m));
        }

        if (Reached(value, figure.Target, figure.Direction) is { } reached)
        {
            return s_limits.Count(limit => reached >= limit);
        }

        var share = among.Count > 1 ? (decimal)among.Count(one => one < value) / (among.Count - 1) : 1;
        return (int)Math.Min(4, Math.Floor((figure.Direction == "down" ? 1 - share : share) * 5));
    }

    /// <summary>How far the target is reached, at most 1; null where there is no value or no target, or more is not always better.</summary>
    internal static decimal? Reached(decimal? value, decimal? target, string direction) => (value, target, direction) switch
    {
        (null, _, _) or (_, null, _) or (_, _, "band") => null,
        ({ } is_, { } aim, "up") => aim == 0 ? 1 : Math.Clamp(is_ / aim, 0, 1),
        ({ } is_, { } aim, _) => is_ <= aim ? 1 : aim == 0 ? 0 : aim / is_,
    };

    private static decimal? Value(ChildResponse child, FigureResponse figure) => child.Figures.GetValueOrDefault(figure.Id)?.Value;
}
