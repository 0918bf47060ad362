using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static Gengdu.Analytics.Exports.Pages.Plots.Plot;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>A place on the map.</summary>
/// <param name="Share">0 to 1; null where there is no figure: striped.</param>
/// <param name="Said">The same as it is written.</param>
/// <param name="Above">What it hangs below: a line runs between two of different ones.</param>
internal sealed record MapPlace(string Code, string Name, decimal? Share, string Said, string Light, string Above = "");

/// <summary>The screen's map of tiles on paper: five steps of one hue, each with its letter; the light as a shape in the corner.</summary>
internal static partial class TileMap
{
    private static readonly decimal[] s_limits = [0.5m, 0.7m, 0.85m, 0.95m];
    private const double Gap = 0.03;

    /// <summary>What places without a figure are filled with.</summary>
    internal const string Stripes = "<defs><pattern id=\"none\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#eef0eb\"/><rect width=\"2\" height=\"6\" fill=\"#d5dbd1\"/></pattern></defs>";

    /// <param name="tiles">Of the level shown; those of places that are not there are striped.</param>
    /// <param name="size">Of a tile: large ones hold the number, small ones the letter of the step.</param>
    public static string Draw(IReadOnlyList<Tile> tiles, IReadOnlyList<MapPlace> places, double size, string label, PageWords words)
    {
        var byCode = places.ToDictionary(place => place.Code);
        if (!tiles.Any(tile => byCode.ContainsKey(tile.Code)))
        {
            return "";
        }

        var (left, top) = (tiles.Min(tile => tile.Column), tiles.Min(tile => tile.Row));
        var (wide, high) = ((tiles.Max(tile => tile.Column) - left + 1) * size, (tiles.Max(tile => tile.Row) - top + 1) * size);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"map\" viewBox=\"-4 -4 {wide + 8} {high + 8}\" role=\"img\" aria-label=\"{PrintedPage.Encode(label)}\">")
            .Append(Stripes);
        foreach (var tile in tiles)
        {
            svg.Append(Place(tile, byCode.GetValueOrDefault(tile.Code), (tile.Column - left) * size, (tile.Row - top) * size, size, words));
        }

        return svg.Append(Borders(tiles, byCode, left, top, size)).Append("</svg>")
            .Append(Legend(words.Of("方块示意位置，不代表行政边界", "Tiles show rough positions, not boundaries"), words)).Append(Elsewhere([.. tiles.Select(tile => tile.Code)], places, words)).ToString();
    }

    /// <summary>0 to 4, closer together near the top; null has none.</summary>
    internal static int? Step(decimal? share) => share is { } some ? s_limits.Count(limit => some >= limit) : null;

    private static string Place(Tile tile, MapPlace? place, double x, double y, double size, PageWords words)
    {
        var (step, roomy) = (Step(place?.Share), size > 60);
        var inner = size * (1 - (2 * Gap));
        var name = ShortName(tile.Code, place, words);
        var (lines, letters) = Label(name, size * 0.88, size > 100 ? 19 : roomy ? 16 : 12.5);
        var below = size > 100 ? 16 : roomy ? 14 : 9.0;
        var start = (y + (size / 2)) - (((lines.Length * letters * 1.05) + (below * 1.1)) / 2) + 2;
        var tone = step >= 3 ? "light" : "";
        var html = new List<string> { $"<rect class=\"{(step is { } one ? $"step{one}" : "no")}\" x=\"{N(x + (Gap * size))}\" y=\"{N(y + (Gap * size))}\" width=\"{N(inner)}\" height=\"{N(inner)}\" rx=\"{N(size * 0.13)}\"/>" };
        if (place is { Light: not "none" } && step is not null && roomy)
        {
            html.Add($"<path class=\"mark {place.Light}\" transform=\"translate({N(x + size - 20)} {N(y + 6)}) scale(0.8)\" d=\"{PageCharts.Shape(place.Light)}\"/>");
        }

        foreach (var (at, line) in lines.Index())
        {
            html.Add($"<text class=\"{tone}\" style=\"font-size:{N(letters)}px;font-weight:600\" x=\"{N(x + (size / 2))}\" y=\"{N(start + (letters * 0.85) + (at * letters * 1.05))}\">{PrintedPage.Encode(line)}</text>");
        }

        var said = roomy ? place?.Said ?? "–" : Letter(step);
        html.Add($"<text class=\"{tone}\" style=\"font-size:{N(below)}px\" x=\"{N(x + (size / 2))}\" y=\"{N(start + (lines.Length * letters * 1.05) + (below * 0.95))}\">{PrintedPage.Encode(said)}</text>");
        return string.Concat(html);
    }

    /// <summary>As the tiles call it, or the first word of its English name.</summary>
    internal static string ShortName(string code, MapPlace? place, PageWords words) => words.Words.IsChinese
        ? Cartogram.Labels.GetValueOrDefault(code) ?? place?.Name ?? code : place is null ? code : place.Name.Split(' ')[0];

    /// <summary>Whole where it fits, in two lines at the end of a syllable where it does not, and then as large as it may be.</summary>
    internal static (string[] Lines, double Size) Label(string name, double room, double size)
    {
        double Fitting(params string[] lines) => Math.Min(size, room / lines.Max(line => line.Sum(letter => letter > '\u2e7f' ? 1 : 0.64)));
        var parts = Syllable().Matches(name).Select(match => match.Value).ToArray();
        if (Fitting(name) >= size * 0.8 || parts.Length < 2 || string.Concat(parts) != name)
        {
            return ([name], Fitting(name));
        }

        var lines = Enumerable.Range(1, parts.Length - 1).Select(at => new[] { string.Concat(parts[..at]) + "-", string.Concat(parts[at..]) }).MaxBy(halves => Fitting(halves))!;
        return (lines, Fitting(lines));
    }

    private static string Borders(IReadOnlyList<Tile> tiles, Dictionary<string, MapPlace> places, int left, int top, double size)
    {
        var above = tiles.Where(tile => places.ContainsKey(tile.Code)).ToDictionary(tile => (tile.Column, tile.Row), tile => places[tile.Code].Above);
        bool Differs((int, int) one, (int, int) other) => above.TryGetValue(one, out var a) && above.TryGetValue(other, out var b) && a != b;
        var lines = tiles.SelectMany(tile => new[]
        {
            Differs((tile.Column, tile.Row), (tile.Column + 1, tile.Row)) ? $"M{N((tile.Column - left + 1) * size)} {N((tile.Row - top) * size)}v{N(size)}" : "",
            Differs((tile.Column, tile.Row), (tile.Column, tile.Row + 1)) ? $"M{N((tile.Column - left) * size)} {N((tile.Row - top + 1) * size)}h{N(size)}" : "",
        });
        return string.Concat(lines) is { Length: > 0 } path ? $"<path class=\"lines\" d=\"{path}\"/>" : "";
    }

    internal static string Letter(int? step) => step is { } one ? "ABCDE"[one].ToString() : "–";

    /// <param name="note">What kind of map it is, as HTML.</param>
    internal static string Legend(string note, PageWords words)
    {
        var steps = Enumerable.Range(0, s_limits.Length + 1)
            .Select(step => $"<span><i class=\"s{step}\"></i><b>{Letter(step)}</b> {(step == 0 ? $"&lt; {PageWords.Tick(PageWords.Share(s_limits[0]))}" : $"≥ {PageWords.Tick(PageWords.Share(s_limits[step - 1]))}")}</span>");
        return $"<p class=\"key\">{string.Concat(steps)}<span><i class=\"nothing\"></i>{words.Of("暂无数据", "no figure")}</span><span>{note}</span></p>";
    }

    /// <summary>Zones and whatever else has schools and no tile of its own.</summary>
    internal static string Elsewhere(HashSet<string> drawn, IReadOnlyList<MapPlace> places, PageWords words)
    {
        var others = places.Where(place => !drawn.Contains(place.Code)).ToList();
        return others.Count == 0 ? "" : $"<p class=\"note\">{words.Of($"没有单独区域的单位（{others.Count} 个）", $"Without an area of their own ({others.Count})")}: "
            + string.Join(words.Of("、", ", "), others.Select(place => $"{PrintedPage.Encode(place.Name)} {place.Said}")) + "</p>";
    }

    [GeneratedRegex("(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouü]+(?:(?:ng|n|r)(?![aeiouü]))?['’]?", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Syllable();
}
