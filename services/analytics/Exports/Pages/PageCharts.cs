using System.Globalization;
using System.Text;
using Gengdu.Analytics.Dashboards;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>The drawings of the page, each as the screen draws it: lights, gauges, ranked bars, the funnel, the shape of the areas. Colour is never alone.</summary>
internal static class PageCharts
{
    private const string Arc = "M14.4 66 A42 42 0 1 1 85.6 66";
    private const decimal ArcLength = 198;

    /// <summary>What was sent back. Signs beyond the common ones are drawn: not every font has them.</summary>
    public const string Returned = "<svg class=\"mark\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M6 3 2 7l4 4M2 7h8a3.5 3.5 0 0 1 0 7H6\"/></svg>";

    public static string Box(bool ticked) => $"<svg class=\"mark\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"M2 2h12v12H2Z{(ticked ? "M4.5 8.5 7 11l5-6" : "")}\"/></svg>";

    /// <summary>A circle, a triangle, a square, a stroke: known without the colour too.</summary>
    public static string Light(string light, PageWords words) =>
        $"<svg class=\"light {light}\" viewBox=\"0 0 16 16\" role=\"img\" aria-label=\"{words.Light(light)}\"><path d=\"{Shape(light)}\"/></svg>";

    /// <summary>In a square of sixteen.</summary>
    public static string Shape(string light) => light switch { "green" => "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z", "amber" => "M8 1.5 15 14H1Z", "red" => "M2.5 2.5h11v11h-11Z", _ => "M3 7.25h10v1.5H3Z" };

    public static string Gauges(IReadOnlyList<Rules.Area> areas, IReadOnlyList<AreaResponse> scores, PageWords words)
    {
        var all = areas.Select(area => (Name: words.Of(area.Name), Score: scores.FirstOrDefault(one => one.Key == area.Key) ?? new(area.Key, null, "none"))).ToList();
        var html = new StringBuilder("<div class=\"gauges\">");
        foreach (var (name, score) in all.Take(4))
        {
            var filled = (Math.Clamp(score.Score ?? 0, 0, 100) / 100 * ArcLength).ToString("0.#", CultureInfo.InvariantCulture);
            html.Append(CultureInfo.InvariantCulture, $"""
                <div class="{score.Light}"><svg class="gauge" viewBox="0 0 100 72" role="img" aria-label="{name} {PageWords.Score(score.Score)}"><path class="track" d="{Arc}"/>{(score.Score > 0 ? $"<path class=\"fill\" d=\"{Arc}\" pathLength=\"{ArcLength}\" stroke-dasharray=\"{filled} {ArcLength}\"/>" : "")}<text x="50" y="54">{PageWords.Score(score.Score)}</text></svg>{Light(score.Light, words)} {name}</div>
                """);
        }

        html.Append("</div>");
        return all.Count <= 4 ? html.ToString() : html.Append("<div class=\"others\">")
            .AppendJoin("", all.Skip(4).Select(one => $"<span>{Light(one.Score.Light, words)} {one.Name} <strong class=\"n\">{PageWords.Score(one.Score.Score)}</strong></span>")).Append("</div>").ToString();
    }

    /// <summary>Places by what share of their reports came, with what the province accepted of them.</summary>
    public static string Ranking(IReadOnlyList<ChildResponse> children, PageWords words)
    {
        var html = new StringBuilder("<ol class=\"bars\">");
        foreach (var (i, child) in children.OrderByDescending(child => child.Completeness.Rate ?? -1).ThenBy(child => child.Organisation.Code, StringComparer.Ordinal).Index())
        {
            var reported = child.Completeness;
            html.Append(CultureInfo.InvariantCulture, $"""
                <li><span class="n quiet">{i + 1}</span><span class="name">{words.Of(child.Organisation)}</span><span class="track"><i class="done" style="width:{Part(reported.Accepted, reported.Due)}"></i><i style="width:{Part(Math.Max(0, reported.Submitted - reported.Accepted), reported.Due)}"></i></span><span class="n">{PageWords.Share(reported.Rate)}</span></li>
                """);
        }

        return html.Append(CultureInfo.InvariantCulture, $"</ol><p class=\"key\"><span><i class=\"done\"></i>{words.Of("省级已确认", "Accepted")}</span><span><i class=\"open\"></i>{words.Of("已上报，待确认", "Submitted, not accepted yet")}</span></p>").ToString();
    }

    public static string Funnel(CompletenessResponse c, PageWords words)
    {
        (string Name, int Count)[] steps =
        [
            (words.Of("应报", "Due"), c.Due), (words.Of("已上报", "Submitted"), c.Submitted), (words.Of("县级通过", "County"), c.CountyApproved),
            (words.Of("市级通过", "City"), c.CityApproved), (words.Of("省级确认", "Accepted"), c.Accepted),
        ];
        var lines = steps.Select((step, i) => $"<li><span>{step.Name}</span><span class=\"track\"><i class=\"s{i}\" style=\"width:{Part(step.Count, c.Due)}\"></i></span><span class=\"n\"><strong>{PageWords.Count(step.Count)}</strong> <span class=\"quiet\">{PageWords.Share(Share(step.Count, c.Due))}</span></span></li>");
        return $"<ol class=\"funnel\">{string.Concat(lines)}</ol><p class=\"key\"><span>{Returned} {words.Of("退回中", "Returned")} <strong class=\"n\">{PageWords.Count(c.Returned)}</strong></span>"
            + $"<span>{words.Of("按时", "On time")} <strong class=\"n\">{PageWords.Count(c.OnTime)}</strong></span><span>{words.Of("逾期", "Late")} <strong class=\"n\">{PageWords.Count(c.Late)}</strong></span></p>";
    }

    /// <summary>The areas as shapes; what has no score anywhere would only dent them. Nothing with fewer than three.</summary>
    /// <param name="shapes">The first is written at the corners; a second is what it is compared with.</param>
    public static string Radar(IReadOnlyList<Rules.Area> areas, IReadOnlyList<IReadOnlyList<AreaResponse>> shapes, PageWords words)
    {
        static decimal? Score(IReadOnlyList<AreaResponse> shape, string key) => shape.FirstOrDefault(one => one.Key == key)?.Score;
        var known = areas.Where(area => shapes.Any(shape => Score(shape, area.Key) is not null)).ToList();
        if (known.Count < 3)
        {
            return "";
        }

        string At(int i, double share, double lower = 0)
        {
            var angle = (2 * Math.PI * i / known.Count) - (Math.PI / 2);
            return string.Create(CultureInfo.InvariantCulture, $"{150 + (90 * share * Math.Cos(angle)):0.#},{110 + (90 * share * Math.Sin(angle)) + lower:0.#}");
        }

        string Ring(double share) => $"<polygon class=\"grid\" points=\"{string.Join(' ', known.Select((_, i) => At(i, share)))}\"/>";
        string Shape(IReadOnlyList<AreaResponse> shape, string kind) => $"<polygon class=\"{kind}\" points=\"{string.Join(' ', known.Select((area, i) => At(i, (double)(Score(shape, area.Key) ?? 0) / 100)))}\"/>";
        // What stands aside of the shape is written away from it.
        string Side(int i) => Math.Sin(2 * Math.PI * i / known.Count) switch { > 0.1 => "start", < -0.1 => "end", _ => "middle" };
        var labels = known.Select((area, i) => At(i, 1.1, 3).Split(',') is [var x, var y] ? $"<text style=\"text-anchor:{Side(i)}\" x=\"{x}\" y=\"{y}\">{words.Of(area.Name)} {PageWords.Score(Score(shapes[0], area.Key))}</text>" : "");
        return $"<svg class=\"radar\" viewBox=\"-40 0 380 225\" role=\"img\" aria-label=\"{words.Of("领域形状", "Shape of the areas")}\">{string.Concat(new[] { 0.25, 0.5, 0.75, 1 }.Select(Ring))}"
            + $"{string.Concat(shapes.Skip(1).Select(shape => Shape(shape, "before")))}{Shape(shapes[0], "shape")}{string.Concat(labels)}</svg>"
            + (shapes.Count > 1 ? $"<p class=\"key\"><span><i class=\"done\"></i>{words.Of("本期", "This cycle")}</span><span><i class=\"c1\" style=\"background:var(--part)\"></i>{words.Of("上一期", "The cycle before")}</span></p>" : "");
    }

    private static decimal? Share(int part, int whole) => whole == 0 ? null : (decimal)part / whole;

    private static string Part(int part, int whole) => PageWords.Percent(Share(part, whole));
}
