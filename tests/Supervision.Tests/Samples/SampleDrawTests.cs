using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gengdu.Supervision.Samples;

namespace Gengdu.Supervision.Tests.Samples;

/// <summary>The draw itself: exact, and fair. Seeds are fixed, so the statistics come out the same each time.</summary>
public sealed class SampleDrawTests
{
    private const string ListHash = "0000000000000000000000000000000000000000000000000000000000000000";
    private const int Draws = 20_000;

    [Fact]
    public void ListOf_IsOneLineAReportInTheOrderOfIds() => Assert.Equal(
        "00000000-0000-0000-0000-000000000001,0,0,0,1,-,10\n00000000-0000-0000-0000-000000000002,0,0,0,1,71,18\n00000000-0000-0000-0000-0000000000ff,12,4,1,0,0,115\n",
        SampleDraw.ListOf(SampleDraw.Algorithm, [new(Id(255), new(12, 4, true, false, 0)), new(Id(2), new(0, 0, false, true, 71)), new(Id(1), new(0, 0, false, true))]));

    [Fact]
    public void ListOf_ASampleFromBefore_IsAsItWas() => Assert.Equal(
        "00000000-0000-0000-0000-000000000001,0,0,0,1,10\n00000000-0000-0000-0000-0000000000ff,12,4,1,0,85\n",
        SampleDraw.ListOf(SampleDraw.WithoutQuality, [new(Id(255), new(12, 4, true, false)), new(Id(1), new(0, 0, false, true))]));

    [Theory]
    [InlineData(0, 0, false, true, 10)]
    [InlineData(0, 0, false, false, 20)]
    [InlineData(2, 0, false, true, 16)]
    [InlineData(10, 0, false, true, 40)]
    [InlineData(400, 0, false, true, 40)]
    [InlineData(0, 2, false, true, 30)]
    [InlineData(0, 9, false, true, 40)]
    [InlineData(0, 0, true, true, 15)]
    public void Weight_GrowsWithEachRisk_AndNeverBelowTen(int warnings, int rounds, bool late, bool lately, int weight) =>
        Assert.Equal(weight, new SampleRisk(warnings, rounds, late, lately).Weight);

    [Theory]
    [InlineData(100, 10)]
    [InlineData(97, 10)]
    [InlineData(96, 11)]
    [InlineData(50, 25)]
    [InlineData(0, 40)]
    [InlineData(-5, 40)]
    [InlineData(120, 10)]
    public void Weight_GrowsAsQualityFalls(int quality, int weight) => Assert.Equal(weight, new SampleRisk(0, 0, false, true, quality).Weight);

    [Fact]
    public void OrderOf_IsTheSameWhateverOrderTheListComesIn_AndAnotherWithAnotherSeedOrList()
    {
        var candidates = Enumerable.Range(1, 40).Select(n => Of(n, n % 4)).ToList();
        var order = SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(1), ListHash, candidates).Select(c => c.ReportId).ToList();

        Assert.Equal(order, SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(1), ListHash, Enumerable.Reverse(candidates)).Select(c => c.ReportId));
        Assert.Equal(candidates.Select(c => c.ReportId).Order(), order.Order());
        Assert.NotEqual(order, SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(2), ListHash, candidates).Select(c => c.ReportId));
        Assert.NotEqual(order, SampleDraw.OrderOf(SampleDraw.WithoutQuality, Seed(1), ListHash, candidates).Select(c => c.ReportId));
        Assert.NotEqual(order, SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(1), Seed(9), candidates).Select(c => c.ReportId));
    }

    [Fact]
    public void OrderOf_FirstDrawn_IsEachReportAsOftenAsItsWeightSays()
    {
        var candidates = new[] { Of(1, 0), Of(2, 1), Of(3, 2), Of(4, 5), Of(5, 8), Of(6, 10) };
        var total = candidates.Sum(c => c.Risk.Weight);
        var first = Enumerable.Range(0, Draws).Select(n => SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(n), ListHash, candidates)[0].ReportId).CountBy(id => id).ToDictionary();

        // 20.5: five degrees of freedom, one in a thousand.
        Assert.InRange(ChiSquare(candidates.Select(c => ((double)first[c.ReportId], (double)Draws * c.Risk.Weight / total))), 0, 20.5);
    }

    [Fact]
    public void OrderOf_SampleOfTwo_HoldsEachPairAsOftenAsDrawingWithoutReplacementSays()
    {
        var candidates = new[] { Of(1, 0), Of(2, 2), Of(3, 5), Of(4, 10) };
        var total = (double)candidates.Sum(c => c.Risk.Weight);
        var pairs = Enumerable.Range(0, Draws).Select(n => SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(n), ListHash, candidates)).CountBy(order => (order[0].ReportId, order[1].ReportId)).ToDictionary();

        var expected = from a in candidates from b in candidates where a != b
                       select ((double)pairs.GetValueOrDefault((a.ReportId, b.ReportId)), Draws * (a.Risk.Weight / total) * (b.Risk.Weight / (total - a.Risk.Weight)));
        // 31.3: eleven degrees of freedom, one in a thousand.
        Assert.InRange(ChiSquare(expected), 0, 31.3);
    }

    [Fact]
    public void OrderOf_RiskierSchools_AreReadMoreOften_AndNoneIsSafe()
    {
        var candidates = Enumerable.Range(1, 100).Select(n => Of(n, n <= 10 ? 10 : 0)).ToList();
        var drawn = Enumerable.Range(0, 1000).SelectMany(n => SampleDraw.OrderOf(SampleDraw.Algorithm, Seed(n), ListHash, candidates).Take(15)).CountBy(c => c.ReportId).ToDictionary();

        var (risky, calm) = (candidates.Take(10).Average(c => drawn[c.ReportId]), candidates.Skip(10).Average(c => drawn[c.ReportId]));
        Assert.InRange(risky / calm, 2.4, 4.0);
        Assert.All(candidates, c => Assert.True(drawn.ContainsKey(c.ReportId)));
    }

    private static double ChiSquare(IEnumerable<(double Seen, double Expected)> cells) => cells.Sum(cell => (cell.Seen - cell.Expected) * (cell.Seen - cell.Expected) / cell.Expected);

    private static SampleCandidate Of(int number, int warnings) => new(Id(number), new(warnings, 0, false, true));

    private static Guid Id(int number) => new($"00000000-0000-0000-0000-{number.ToString("x12", CultureInfo.InvariantCulture)}");

    private static string Seed(int number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture))));
}
