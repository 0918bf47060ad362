using Gengdu.Analytics.Explore;

namespace Gengdu.Analytics.Tests.Explore;

public sealed class PivotTests
{
    [Fact]
    public void Lay_PutsSubtotalsBehindWhatTheySumUp_AndTheTotalLast()
    {
        var pivot = Pivot.Lay([At("b", "x", 1), At("a", "x", 2), At("a", "y", 4)], ["county", "school-type"], [], Alphabetical);
        Assert.Equal(["a x", "a y", "a *", "b x", "b *", "* *"], pivot.Rows.Select(Said));
        Assert.Equal([2m, 4m, 6m, 1m, 1m, 7m], Enumerable.Range(0, 6).Select(row => pivot.Cells[(row, 0)].Numerator));
        Assert.Equal([false, false, true, false, true, true], pivot.Rows.Select(row => row.Total));
    }

    /// <summary>Two indicators, two cycles or two stages added up would be a number of nothing.</summary>
    [Theory]
    [InlineData("indicator")]
    [InlineData("cycle")]
    [InlineData("stage")]
    public void Lay_NeverSumsUpWhatDoesNotAddUp(string dimension)
    {
        var pivot = Pivot.Lay([Two(dimension, "1", "a", 1), Two(dimension, "2", "a", 2), Two(dimension, "1", "b", 4)], ["county", dimension], [], Alphabetical);
        Assert.Equal(["a 1", "a 2", "b 1", "* 1", "* 2"], pivot.Rows.Select(Said));
        Assert.Equal([1m, 2m, 4m, 5m, 2m], Enumerable.Range(0, 5).Select(row => pivot.Cells[(row, 0)].Numerator));
    }

    [Fact]
    public void Lay_NothingOnAnAxis_IsOneLine()
    {
        var pivot = Pivot.Lay([At("a", "x", 2), At("b", "x", 3)], [], ["county"], Alphabetical);
        Assert.Equal([""], pivot.Rows.Select(Said));
        Assert.Equal(["a", "b", "*"], pivot.Columns.Select(Said));
        Assert.Equal(5m, pivot.Cells[(0, 2)].Numerator);
    }

    [Fact]
    public void Lay_NoFacts_IsEmpty() => Assert.Empty(Pivot.Lay([], ["county"], ["school-type"], Alphabetical).Cells);

    /// <summary>However facts come, each total is the sum of the leaves it covers, along both axes at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lay_AnyFactsInAnyOrder_TotalsAreSumsOfLeaves(int seed)
    {
        var random = new Random(seed);
        var facts = Enumerable.Range(0, 60).Select(_ => At($"c{random.Next(4)}", $"t{random.Next(3)}", random.Next(1, 9))).ToList();
        var pivot = Pivot.Lay(facts, ["county"], ["school-type"], Alphabetical);
        var turned = Pivot.Lay(facts.AsEnumerable().Reverse(), ["county"], ["school-type"], Alphabetical);
        Assert.Equal(pivot.Rows.Select(Said), turned.Rows.Select(Said));
        Assert.Equal(5 * 4, pivot.Cells.Count);
        foreach (var ((row, column), sums) in pivot.Cells)
        {
            var (county, type) = (pivot.Rows[row].Keys[0], pivot.Columns[column].Keys[0]);
            var covered = facts.Where(fact => (county is null || fact.Keys["county"] == county) && (type is null || fact.Keys["school-type"] == type)).ToList();
            Assert.Equal((covered.Sum(fact => fact.Sums.Numerator), covered.Sum(fact => fact.Sums.Due)), (sums.Numerator, sums.Due));
            Assert.Equal(sums, turned.Cells[(row, column)]);
        }
    }

    private static int Alphabetical(string dimension, string key) => key[0] * 256 + (key.Length > 1 ? key[1] : 0);

    private static string Said(Heading heading) => string.Join(' ', heading.Keys.Select(key => key ?? "*"));

    private static Fact At(string county, string type, int number) => Two("school-type", type, county, number);

    private static Fact Two(string dimension, string key, string county, int number) =>
        new(new Dictionary<string, string> { ["county"] = county, [dimension] = key }, new(number, number * 2, number, number, 0));
}
