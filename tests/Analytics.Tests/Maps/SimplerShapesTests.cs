using System.Text.Json;
using Gengdu.Analytics.Maps;

namespace Gengdu.Analytics.Tests.Maps;

/// <summary>Thinning outlines, and looking whether they cross: on wavy squares, as counties are.</summary>
public sealed class SimplerShapesTests
{
    private const int Across = 6, Between = 400;

    [Fact]
    public void Neighbours_KeepOneLineBetweenThem_InEitherOrderAndDirection()
    {
        var outlines = Counties(seed: 7);
        var (json, points) = SimplerShapes.Of(outlines);
        var (turned, _) = SimplerShapes.Of([.. outlines.AsEnumerable().Reverse().Select(one => one with { Polygons = [[[.. one.Polygons[0][0].AsEnumerable().Reverse()]]] })]);

        Assert.InRange(points, Across * Across * 4, 20_000);
        var sides = Sides(json);
        // Each side inside belongs to two counties, each side of the whole's edge to one: a gap would leave two sides with one each.
        var edge = sides.Where(side => side.Value == 1).Select(side => side.Key).ToList();
        Assert.All(sides.Values, count => Assert.InRange(count, 1, 2));
        Assert.All(edge, side => Assert.True(OnTheEdge(side.From) && OnTheEdge(side.To), $"a gap at {side}"));
        Assert.Equal(sides.Keys.Order(), Sides(turned).Keys.Order());
    }

    [Fact]
    public void Islet_ThatComesToNothing_IsLeftOut_AndTheLastPartStays()
    {
        List<Position> dot = [new(114.00001, 38), new(114.00002, 38.00001), new(114.00003, 38), new(114.00001, 38)];
        var (json, _) = SimplerShapes.Of([new("130102", [[Square(115, 38)], [dot]]), new("130123", [[[new(116, 40), new(116.0002, 40.0003), new(116.0004, 40), new(116, 40)]]])]);
        using var document = JsonDocument.Parse(json);
        Assert.Equal([1, 1], document.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("geometry").GetProperty("coordinates").GetArrayLength()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Crossing_OfAWavyOutline_IsFoundExactlyWhenThereIsOne(int seed)
    {
        var outlines = Counties(seed);
        long comparisons = 0;
        Assert.All(outlines, outline => Assert.Null(Crossings.Find(outline.Polygons[0], ref comparisons).At));

        // Two points far from each other change places: their sides now run through the others.
        var ring = outlines[seed].Polygons[0][0];
        (ring[Between / 2], ring[Between * 2]) = (ring[Between * 2], ring[Between / 2]);
        Assert.NotNull(Crossings.Find([ring], ref comparisons).At);
    }

    [Fact]
    public void Crossing_LinesThatTouch_AreNone()
    {
        long comparisons = 0;
        List<Position> eight = [new(0, 0), new(1, 1), new(2, 0), new(2, 2), new(1, 1), new(0, 2), new(0, 0)];
        Assert.Null(Crossings.Find([eight], ref comparisons).At);
    }

    [Fact]
    public void Crossing_OfAFileMadeToBeSlow_IsGivenUp()
    {
        // A comb: every tooth lies over all the others. What its outlines cost is added up over the whole file.
        const int Teeth = 2_000;
        List<Position> comb = [.. Enumerable.Range(0, Teeth).Select(i => new Position(i % 2 == 0 ? 110 : 120, 30 + (i * 0.0001))), new(109, 33), new(110, 30)];
        long comparisons = 0;
        Assert.Equal(((Position?)null, false), Crossings.Find([comb], ref comparisons));
        Assert.InRange(comparisons, Teeth * (Teeth - 10L) / 2, Teeth * (Teeth + 10L) / 2);
        comparisons = Crossings.MostComparisons - comparisons + 1;
        Assert.True(Crossings.Find([comb], ref comparisons).Spent);
    }

    /// <summary>A grid whose lines wave, each drawn once and given to both sides.</summary>
    private static List<Outline> Counties(int seed)
    {
        var random = new Random(seed);
        var (level, upright) = (new Dictionary<(int, int), List<Position>>(), new Dictionary<(int, int), List<Position>>());
        for (var i = 0; i <= Across; i++)
        {
            for (var j = 0; j < Across; j++)
            {
                level[(j, i)] = [.. Enumerable.Range(0, Between + 1).Select(n => new Position(114 + (j * 0.5) + (n * 0.5 / Between), 36 + (i * 0.5) + Wave(random, n, i)))];
                upright[(i, j)] = [.. Enumerable.Range(0, Between + 1).Select(n => new Position(114 + (i * 0.5) + Wave(random, n, i), 36 + (j * 0.5) + (n * 0.5 / Between)))];
            }
        }

        return [.. from x in Enumerable.Range(0, Across)
                   from y in Enumerable.Range(0, Across)
                   let south = level[(x, y)]
                   let east = upright[(x + 1, y)]
                   let north = level[(x, y + 1)].AsEnumerable().Reverse()
                   let west = upright[(x, y)].AsEnumerable().Reverse()
                   select new Outline($"13{x:00}{y:00}", [[[.. south, .. east.Skip(1), .. north.Skip(1), .. west.Skip(1)]]])];
    }

    // The outer edge is straight, so that it can be told from a gap; near the corners no wave reaches the next line.
    private static double Wave(Random random, int n, int line) => n is 0 or Between || line is 0 or Across ? 0 : (random.NextDouble() - 0.5) * 0.1 * Math.Min(1, Math.Min(n, Between - n) / 100.0);

    private static bool OnTheEdge(string point)
    {
        var at = point.Split(' ').Select(part => decimal.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return at[0] is 114m or 117m || at[1] is 36m or 39m;
    }

    private static List<Position> Square(double west, double south) => [new(west, south), new(west + 1, south), new(west + 1, south + 1), new(west, south + 1), new(west, south)];

    private static Dictionary<(string From, string To), int> Sides(string json)
    {
        using var document = JsonDocument.Parse(json);
        var sides = new Dictionary<(string, string), int>();
        foreach (var ring in document.RootElement.GetProperty("features").EnumerateArray().SelectMany(f => f.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()).SelectMany(rings => rings.EnumerateArray()))
        {
            var points = ring.EnumerateArray().Select(at => $"{at[0].GetRawText()} {at[1].GetRawText()}").ToList();
            foreach (var (a, b) in points.Zip(points.Skip(1)))
            {
                var side = string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
                sides[side] = sides.GetValueOrDefault(side) + 1;
            }
        }

        return sides;
    }
}
