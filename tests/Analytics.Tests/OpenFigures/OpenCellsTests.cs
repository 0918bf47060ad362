using Gengdu.Analytics.OpenFigures;
using Gengdu.Rules;

namespace Gengdu.Analytics.Tests.OpenFigures;

public sealed class OpenCellsTests
{
    /// <summary>The share with and the share without add up to one: what the one does not tell, the other must not.</summary>
    [Fact]
    public void Of_IndicatorsOverTheSameSchools_HideTheSamePlaces()
    {
        var all = DisclosureTests.Schools(("/1/2/5/", 5), ("/1/2/6/", 6), ("/1/2/7/", 4));
        // One school of the smallest county says nothing to the second question but two.
        var some = all.Where(part => part.NodePath != "/1/2/7/").Concat(all.Where(part => part.NodePath == "/1/2/7/").Take(2)).ToList();
        string[] places = ["/1/", "/1/2/", "/1/2/5/", "/1/2/6/", "/1/2/7/"];
        var cells = OpenCells.Of(
            Guid.Empty, 1, [Share("A"), Share("B"), Share("C", applies: "school.type == \"junior\"")], [.. from place in places from indicator in (string[])["A", "B", "C"] select new KnownNumber(place, indicator, 50)],
            new[] { ("A", all), ("B", some), ("C", all) }.SelectMany(pair => pair.Item2.Select(part => (pair.Item1, part))).ToLookup(pair => pair.Item1, pair => pair.part), []);
        string Hidden(string indicator) => string.Join(' ', cells.Where(cell => cell.Indicator == indicator && cell.State == OpenCell.Hidden).Select(cell => cell.Path));
        Assert.Equal(("/1/2/5/ /1/2/7/", "/1/2/5/ /1/2/7/", ""), (Hidden("A"), Hidden("B"), Hidden("C")));
    }

    private static Indicator Share(string id, string? applies = null) =>
        new() { Id = id, Area = "a", Name = new(id, id), Kind = "share", Numerator = "1.0", Denominator = "1.0", Applies = applies, Direction = "up" };
}
