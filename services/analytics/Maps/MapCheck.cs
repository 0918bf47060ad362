using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Maps;

/// <summary>A place of the tree as it is today.</summary>
/// <param name="IsCounty">A division of the county level; zones have no area of their own.</param>
internal sealed record TreePlace(string Code, Text Name, bool IsCounty);

/// <summary>Whether the outlines are those of all counties of today, each once, and each an area.</summary>
internal static class MapCheck
{
    // China with its seas. A file of which latitude comes first, or of metres, has no point in it.
    private const double West = 73, East = 136, South = 3, North = 54;

    /// <summary>Degrees of WGS 84, or of the national system CGCS2000, which differs by less than a page shows.</summary>
    private static readonly string[] Degrees = ["CRS84", "EPSG::4326", "EPSG:4326", "EPSG::4490", "EPSG:4490"];

    public static bool IsInDegrees(string? crs) => crs is null || Degrees.Any(known => crs.EndsWith(known, StringComparison.OrdinalIgnoreCase));

    /// <returns>What is wrong, by the order of the file and then what it lacks; empty when the map can be shown.</returns>
    /// <param name="outlines">With their place in the file.</param>
    /// <param name="places">Of the tree, by code.</param>
    /// <param name="tooDetailed">Looking whether lines cross was given up.</param>
    public static List<FieldError> Faults(IReadOnlyList<(int Feature, Outline Outline)> outlines, IReadOnlyDictionary<string, TreePlace> places, out bool tooDetailed)
    {
        var faults = new List<FieldError>();
        var seen = new HashSet<string>();
        long comparisons = 0;
        tooDetailed = false;
        foreach (var (feature, outline) in outlines)
        {
            if (!places.TryGetValue(outline.Code, out var place))
            {
                faults.Add(MapFaults.Unknown(outline.Code, feature));
            }
            else if (!place.IsCounty)
            {
                faults.Add(MapFaults.NotACounty(outline.Code, feature));
            }
            else if (!seen.Add(outline.Code))
            {
                faults.Add(MapFaults.Twice(outline.Code, feature));
            }
            else if (outline.Rings.Select(ring => Fault(outline.Code, ring)).FirstOrDefault(fault => fault is not null) is { } broken)
            {
                faults.Add(broken);
            }
            else if (Crossing(outline, ref comparisons, ref tooDetailed) is { } at)
            {
                faults.Add(MapFaults.Crossing(outline.Code, at));
            }
        }

        faults.AddRange(places.Values.Where(place => place.IsCounty && !seen.Contains(place.Code)).OrderBy(place => place.Code, StringComparer.Ordinal).Select(place => MapFaults.Missing(place.Code, place.Name)));
        return faults;
    }

    private static FieldError? Fault(string code, List<Position> ring)
    {
        foreach (var at in ring)
        {
            if (at is not { X: >= West and <= East, Y: >= South and <= North })
            {
                return MapFaults.Outside(code, at);
            }
        }

        return ring.Count > 1 && ring[0] != ring[^1] ? MapFaults.Unclosed(code, ring[0])
            : ring.Distinct().Take(3).Count() < 3 ? MapFaults.TooFew(code)
            : null;
    }

    private static Position? Crossing(Outline outline, ref long comparisons, ref bool tooDetailed)
    {
        foreach (var rings in outline.Polygons)
        {
            var (at, spent) = Crossings.Find(rings, ref comparisons);
            tooDetailed |= spent;
            if (spent || at is not null)
            {
                return at;
            }
        }

        return null;
    }
}
