using System.Text;
using System.Text.Json;

namespace Gengdu.Analytics.Maps;

/// <summary>
/// The outlines as a page needs them: fewer points, and none between two neighbours that only one of them leaves out. A line from one
/// corner of three counties to the next is thinned once, for both sides alike, so no gap opens and nothing overlaps.
/// </summary>
internal static class SimplerShapes
{
    /// <summary>Ten metres: as fine as the finest map that may be shown needs.</summary>
    private const double Grain = 10_000;

    /// <summary>Twenty thousand points draw a province sharply on a wall and are 300 KB.</summary>
    private const int Enough = 20_000;

    private readonly record struct Spot(int X, int Y) : IComparable<Spot>
    {
        public int CompareTo(Spot other) => X != other.X ? X.CompareTo(other.X) : Y.CompareTo(other.Y);
    }

    public static (string GeoJson, int Points) Of(IReadOnlyList<Outline> outlines)
    {
        var shapes = outlines.OrderBy(outline => outline.Code, StringComparer.Ordinal)
            .Select(outline => (outline.Code, Polygons: outline.Polygons.Select(rings => rings.Select(Snap).ToList()).ToList())).ToList();
        var corners = Corners(shapes.SelectMany(shape => shape.Polygons).SelectMany(rings => rings));
        for (var tolerance = 10.0; ; tolerance *= 1.6)
        {
            var thinned = shapes.Select(shape => (shape.Code, Polygons: Thin(shape.Polygons, corners, tolerance))).ToList();
            var points = thinned.Sum(shape => shape.Polygons.Sum(rings => rings.Sum(ring => ring.Count)));
            if (points <= Enough || tolerance > 1_000)
            {
                return (Write(thinned), points);
            }
        }
    }

    /// <summary>Onto the grid, no point twice in a row, and without the last that repeats the first.</summary>
    private static List<Spot> Snap(List<Position> ring)
    {
        var spots = new List<Spot>(ring.Count);
        foreach (var at in ring)
        {
            var spot = new Spot((int)Math.Round(at.X * Grain), (int)Math.Round(at.Y * Grain));
            if (spots.Count == 0 || spots[^1] != spot)
            {
                spots.Add(spot);
            }
        }

        if (spots.Count > 1 && spots[0] == spots[^1])
        {
            spots.RemoveAt(spots.Count - 1);
        }

        return spots;
    }

    /// <summary>Where a line begins that other rings do not follow: there nothing may be left out.</summary>
    private static HashSet<Spot> Corners(IEnumerable<List<Spot>> rings)
    {
        var (beside, corners) = (new Dictionary<Spot, (Spot, Spot)>(), new HashSet<Spot>());
        foreach (var ring in rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                var (before, after) = (ring[(i + ring.Count - 1) % ring.Count], ring[(i + 1) % ring.Count]);
                var pair = before.CompareTo(after) < 0 ? (before, after) : (after, before);
                if (!beside.TryAdd(ring[i], pair) && beside[ring[i]] != pair)
                {
                    corners.Add(ring[i]);
                }
            }
        }

        return corners;
    }

    /// <summary>A county keeps its largest part, however small; islets that come to nothing are left out.</summary>
    private static List<List<List<Spot>>> Thin(List<List<List<Spot>>> polygons, HashSet<Spot> corners, double tolerance)
    {
        var largest = polygons.MaxBy(rings => rings[0].Count);
        return [.. polygons.Select(rings =>
        {
            var thin = rings.Select(ring => Thin(ring, corners, tolerance)).ToList();
            return thin[0].Count >= 3 ? [thin[0], .. thin.Skip(1).Where(hole => hole.Count >= 3)] : rings == largest ? [rings[0]] : new List<List<Spot>>();
        }).Where(rings => rings.Count > 0)];
    }

    private static List<Spot> Thin(List<Spot> ring, HashSet<Spot> corners, double tolerance)
    {
        // From a corner round to itself; a ring that nobody shares begins at its westernmost point, for whoever has it as a hole.
        var first = ring.FindIndex(corners.Contains);
        var start = first >= 0 ? first : ring.IndexOf(ring.Min());
        var kept = new List<Spot>(ring.Count);
        var line = new List<Spot> { ring[start] };
        for (var i = 1; i <= ring.Count; i++)
        {
            var spot = ring[(start + i) % ring.Count];
            line.Add(spot);
            if (i == ring.Count || corners.Contains(spot))
            {
                kept.AddRange(ThinLine(line, tolerance).SkipLast(1));
                line = [spot];
            }
        }

        return kept;
    }

    /// <summary>Always from the same end, so that both neighbours leave out the same points (Ramer, Douglas and Peucker).</summary>
    private static List<Spot> ThinLine(List<Spot> line, double tolerance)
    {
        var turned = line[0] == line[^1] ? line[1].CompareTo(line[^2]) > 0 : line[0].CompareTo(line[^1]) > 0;
        if (turned)
        {
            line.Reverse();
        }

        var keep = new bool[line.Count];
        keep[0] = keep[^1] = true;
        var spans = new Stack<(int From, int To)>([(0, line.Count - 1)]);
        while (spans.TryPop(out var span))
        {
            var (farthest, far) = (0, tolerance);
            for (var i = span.From + 1; i < span.To; i++)
            {
                if (Distance(line[i], line[span.From], line[span.To]) is var distance && distance > far)
                {
                    (farthest, far) = (i, distance);
                }
            }

            if (farthest > 0)
            {
                keep[farthest] = true;
                spans.Push((span.From, farthest));
                spans.Push((farthest, span.To));
            }
        }

        var thin = line.Where((_, i) => keep[i]).ToList();
        if (turned)
        {
            thin.Reverse();
        }

        return thin;
    }

    private static double Distance(Spot at, Spot from, Spot to)
    {
        double dx = to.X - from.X, dy = to.Y - from.Y;
        var along = dx == 0 && dy == 0 ? 0 : Math.Clamp((((at.X - from.X) * dx) + ((at.Y - from.Y) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        return Math.Sqrt(Math.Pow(at.X - from.X - (along * dx), 2) + Math.Pow(at.Y - from.Y - (along * dy), 2));
    }

    private static string Write(List<(string Code, List<List<List<Spot>>> Polygons)> shapes)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var (code, polygons) in shapes)
            {
                json.WriteStartObject();
                json.WriteString("type", "Feature");
                json.WriteString("id", code);
                json.WriteStartObject("properties");
                json.WriteEndObject();
                json.WriteStartObject("geometry");
                json.WriteString("type", "MultiPolygon");
                json.WriteStartArray("coordinates");
                polygons.ForEach(rings => Write(json, rings));
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, List<List<Spot>> rings)
    {
        json.WriteStartArray();
        foreach (var ring in rings)
        {
            json.WriteStartArray();
            foreach (var spot in ring.Append(ring[0]))
            {
                json.WriteStartArray();
                json.WriteNumberValue(spot.X / 10_000m);
                json.WriteNumberValue(spot.Y / 10_000m);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
