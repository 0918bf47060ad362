using System.Text;
using Gengdu.Analytics.Maps;
using static Gengdu.Analytics.Exports.Pages.Plots.Plot;

namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>The approved map on paper, as the screen draws it: counties as they are or put together to their units, dark lines between units, the approval number below.</summary>
internal static class OutlineMap
{
    private const double Width = 900;

    /// <summary>In square units of the drawing: room for a name and a number, and for the letter of a step.</summary>
    private const double RoomForName = 2_500;
    private const double RoomForLetter = 220;

    /// <param name="placeOf">Which of the places a county's outline is part of; null: not of this map.</param>
    public static string Draw(PrintedMap map, IReadOnlyList<MapPlace> places, Func<string, string?> placeOf, string label, PageWords words)
    {
        var byCode = places.ToDictionary(place => place.Code);
        var counties = map.Outlines.Select(outline => (Code: placeOf(outline.Code), outline.Rings)).Where(one => one.Code is not null).Select(one => (Code: one.Code!, one.Rings)).ToList();
        if (!counties.Exists(one => byCode.ContainsKey(one.Code)))
        {
            return "";
        }

        var points = counties.SelectMany(one => one.Rings).SelectMany(ring => ring).ToList();
        var (west, east, south, north) = (points.Min(at => at.X), points.Max(at => at.X), points.Min(at => at.Y), points.Max(at => at.Y));
        // A degree of longitude is shorter the further north: as wide as it is in the middle of what is shown.
        var narrow = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = Width / Math.Max(Math.Max((east - west) * narrow, north - south), 0.001);
        Position OnPage(Position at) => new((at.X - west) * narrow * scale, (north - at.Y) * scale);

        var (shapes, names) = (new StringBuilder(), new StringBuilder());
        foreach (var group in counties.GroupBy(one => one.Code))
        {
            var rings = group.SelectMany(one => one.Rings).Select(ring => ring.ConvertAll(OnPage)).ToList();
            var place = byCode.GetValueOrDefault(group.Key);
            var step = TileMap.Step(place?.Share);
            shapes.Append(System.Globalization.CultureInfo.InvariantCulture, $"<path class=\"area {(step is { } one ? $"step{one}" : "no")}\" {(group.Count() > 1 ? " style=\"stroke:none\"" : "")} d=\"{string.Concat(rings.Select(Path))}\"/>");
            names.Append(Named(group.Key, place, step, rings, group.Count() > 1, words));
        }

        var (wide, high) = ((east - west) * narrow * scale, (north - south) * scale);
        return $"<svg class=\"map drawn\" viewBox=\"-4 -4 {N(wide + 8)} {N(high + 8)}\" role=\"img\" aria-label=\"{PrintedPage.Encode(label)}\">{TileMap.Stripes}{shapes}{Lines(counties, byCode, OnPage)}{names}</svg>"
            + TileMap.Legend(words.Of($"审图号：{map.ApprovalNumber}　来源：{map.Source}", $"Map approval {map.ApprovalNumber} · {map.Source}"), words)
            + TileMap.Elsewhere([.. counties.Select(one => one.Code)], places, words);
    }

    /// <summary>In the middle of its largest part; of what is put together from several, in the middle of all.</summary>
    private static string Named(string code, MapPlace? place, int? step, List<List<Position>> rings, bool whole, PageWords words)
    {
        var parts = rings.Select(Middle).OrderByDescending(part => Math.Abs(part.Area)).ToList();
        var of = whole ? parts : parts[..1];
        var area = of.Sum(part => Math.Abs(part.Area));
        if (area < RoomForLetter)
        {
            return "";
        }

        var (x, y) = (of.Sum(part => part.X * Math.Abs(part.Area)) / area, of.Sum(part => part.Y * Math.Abs(part.Area)) / area);
        var tone = step >= 3 ? "light" : "";
        string Line(double below, double size, string text) => $"<text class=\"{tone}\" style=\"font-size:{N(size)}px\" x=\"{N(x)}\" y=\"{N(y + below)}\">{PrintedPage.Encode(text)}</text>";
        if (area < RoomForName)
        {
            return Line(4, 12, TileMap.Letter(step));
        }

        var name = TileMap.ShortName(code, place, words);
        var size = Math.Clamp(Math.Sqrt(area) / Math.Max(5, Letters(name) * 0.62), 12, 30);
        return Mark(place, x, y - (size * 2.1)) + Line(size * -0.15, size, name) + Line(size * 0.85, size * 0.85, place?.Said ?? "–");
    }

    private static string Mark(MapPlace? place, double x, double y) =>
        place is { Share: not null, Light: not "none" } ? $"<path class=\"mark {place.Light}\" transform=\"translate({N(x - 8)} {N(y)})\" d=\"{PageCharts.Shape(place.Light)}\"/>" : "";

    /// <summary>Sides that counties of two units share, or that nobody shares: neighbours have the same points there.</summary>
    private static string Lines(IEnumerable<(string Code, IEnumerable<List<Position>> Rings)> counties, Dictionary<string, MapPlace> places, Func<Position, Position> onPage)
    {
        string Unit(string code) => places.GetValueOrDefault(code)?.Above is { Length: > 0 } above ? above : places.Values.Any(place => place.Above.Length > 0) ? code : "";
        var sides = new Dictionary<(Position, Position), List<string>>();
        foreach (var (code, rings) in counties)
        {
            foreach (var (from, to) in rings.SelectMany(ring => ring.Zip(ring.Skip(1))))
            {
                var side = (from.X, from.Y).CompareTo((to.X, to.Y)) < 0 ? (from, to) : (to, from);
                (sides.TryGetValue(side, out var found) ? found : sides[side] = []).Add(Unit(code).Length > 0 ? Unit(code) : code);
            }
        }

        var lines = sides.Where(side => side.Value.Count == 1 || side.Value[0] != side.Value[1]).Select(side => (From: onPage(side.Key.Item1), To: onPage(side.Key.Item2)));
        return $"<path class=\"lines\" d=\"{string.Concat(lines.Select(line => $"M{N(line.From.X)} {N(line.From.Y)}L{N(line.To.X)} {N(line.To.Y)}"))}\"/>";
    }

    private static string Path(List<Position> ring) => $"M{string.Join('L', ring.SkipLast(1).Select(at => $"{N(at.X)} {N(at.Y)}"))}z";

    private static (double X, double Y, double Area) Middle(List<Position> ring)
    {
        var (area, x, y) = (0.0, 0.0, 0.0);
        foreach (var (a, b) in ring.Zip(ring.Skip(1)))
        {
            var cross = (a.X * b.Y) - (b.X * a.Y);
            (area, x, y) = (area + (cross / 2), x + ((a.X + b.X) * cross), y + ((a.Y + b.Y) * cross));
        }

        return area == 0 ? (ring[0].X, ring[0].Y, 0) : (x / (6 * area), y / (6 * area), area);
    }
}
