using System.Globalization;
using Gengdu.Analytics.Quality;

namespace Gengdu.Analytics.Tests.Quality;

/// <summary>The score by itself, by hand: what raises a suspicion, what does not, and how many points each costs.</summary>
public sealed class AssessmentTests
{
    [Fact]
    public void Score_IsTheMeanOfWhatCanBeJudged_ByWeight()
    {
        QualityPart[] parts = [new("complete", 20, 50, 5, 10), new("timely", 10, 100, 5, 5), new("peers", 20, null, 0, 0)];
        // 2,000 of 3,000.
        Assert.Equal(67, Assessment.Score(parts));
        Assert.Null(Assessment.Score([new("peers", 20, null, 0, 0)]));
        Assert.Equal(50, Assessment.Score([new("complete", 10, 49, 0, 0), new("timely", 10, 50, 0, 0)]));
    }

    [Fact]
    public void School_WithoutASubmission_HasNoScore_AndOneWithoutFault100()
    {
        var assessed = Assessment.Of([School(1, submitted: 0), School(2)]);
        Assert.Equal([null, 100], assessed.Select(school => school.Score));
        Assert.All(assessed, school => Assert.Empty(school.Suspicions));
        // Nothing to compare with: five parts are left out, and share their weight.
        Assert.Equal(["complete", "timely"], assessed[1].Parts.Where(part => part.Percent is not null).Select(part => part.Key));
        Assert.Equal(QualityKinds.All, assessed[1].Parts.Select(part => part.Key));
        Assert.Equal(100, assessed[1].Parts.Sum(part => part.Weight));
    }

    [Fact]
    public void LateAndMissing_CostTheirShare()
    {
        var school = Assert.Single(Assessment.Of([School(1, due: 10, submitted: 9, onTime: 6)]));
        Assert.Equal([(90, 9, 10), (66, 6, 9)], school.Parts.Take(2).Select(part => (part.Percent!.Value, part.Count, part.Of)));
        Assert.Equal(82, school.Score);
    }

    [Fact]
    public void Peers_OneFarFromTheOthersOfItsType_IsNamedWithTheirMedian_AndOnlyIt()
    {
        var schools = Enumerable.Range(1, 7).Select(n => School(n, values: new() { ["K27"] = 10 + n })).Append(School(8, values: new() { ["K27"] = 90 })).ToList();
        var assessed = Assessment.Of(schools);

        var finding = Assert.Single(assessed.SelectMany(school => school.Findings));
        Assert.Equal(("peers", "K27", 90m, 14.5m, 8), (finding.Kind, finding.Indicator, finding.Value, finding.Against, finding.Count));
        Assert.Equal(["peers"], assessed[7].Suspicions);
        // Its only value is out of line: nothing is left of this part, 30 of 50 points of the three that could be judged.
        Assert.Equal((0, 60), (PartOf(assessed[7], "peers").Percent, assessed[7].Score));
        Assert.Equal((100, 100), (PartOf(assessed[0], "peers").Percent, assessed[0].Score));
    }

    [Fact]
    public void Peers_FewerThanSix_OrMoreThanHalfAlike_AreNoMeasure()
    {
        var few = Assessment.Of([.. Enumerable.Range(1, 5).Select(n => School(n, values: new() { ["K27"] = n == 5 ? 900 : n }))]);
        var alike = Assessment.Of([.. Enumerable.Range(1, 8).Select(n => School(n, values: new() { ["K27"] = n < 6 ? 10 : n * 100 }))]);
        var types = Assessment.Of([.. Enumerable.Range(1, 10).Select(n => School(n, type: n % 2 == 0 ? "primary" : "junior", values: new() { ["K27"] = n == 10 ? 900 : n }))]);
        Assert.All(few.Concat(alike).Concat(types), school => Assert.Null(PartOf(school, "peers").Percent));
    }

    [Theory]
    [InlineData(10, 21, true)]
    [InlineData(10, 20, false)]
    [InlineData(10, 4.9, true)]
    [InlineData(10, 5, false)]
    [InlineData(0, 50, false)]
    [InlineData(50, 0, false)]
    public void History_MoreThanDoubleOrLessThanHalf_IsAJump(double before, double now, bool jump)
    {
        var school = Assert.Single(Assessment.Of([School(1, values: new() { ["K27"] = (decimal)now }, valuesBefore: new() { ["K27"] = (decimal)before })]));
        Assert.Equal(jump, school.Suspicions.Contains("history"));
        Assert.Equal(jump ? 0 : before == 0 || now == 0 ? null : 100, PartOf(school, "history").Percent);
    }

    [Fact]
    public void Copied_AModuleOfAnotherSchool_IsFoundAtBoth_WhateverTheOtherModulesSay()
    {
        int[] own = [131, 222, 343, 464, 585, 676, 707, 818];
        int[] other = [.. own.Select((number, place) => place == 7 ? 999 : number)];
        var assessed = Assessment.Of([School(1, numbers: own), School(2, numbers: other), School(3, numbers: [.. own.Select(number => number + 1)])]);

        var finding = Assert.Single(assessed[0].Findings);
        Assert.Equal(("copied", "money", Id(2), 7, 8), (finding.Kind, finding.Module, finding.Other, finding.Count, finding.Of));
        Assert.Equal(Id(1), Assert.Single(assessed[1].Findings).Other);
        // 87.5 % are the same: a quarter of the part is left.
        Assert.Equal((25, 25, (int?)null), (PartOf(assessed[0], "copied").Percent, PartOf(assessed[1], "copied").Percent, PartOf(assessed[2], "copied").Percent));
    }

    [Fact]
    public void Copied_SmallNumbersAndStandardsOfTheCounty_AreNoCopies()
    {
        int[] small = [1, 2, 3, 4, 5, 6, 7, 8, 12, 19];
        Assert.All(Assessment.Of([School(1, numbers: small), School(2, numbers: small)]), school => Assert.Null(PartOf(school, "copied").Percent));

        // Five of seven schools say what the plan says.
        int[] plan = [36, 40, 72, 80, 120, 200];
        var schools = Enumerable.Range(1, 7).Select(n => School(n, numbers: n <= 5 ? plan : [.. plan.Select(number => number + n)])).ToList();
        Assert.All(Assessment.Of(schools), school => Assert.DoesNotContain("copied", school.Suspicions));
    }

    [Fact]
    public void Repeated_TheCycleBefore_CountsFromFourInFive_AndHalfIsFree()
    {
        int[] before = [11, 22, 33, 44, 55, 66, 77, 88, 99, 101];
        AssessedSchool Of(int changed) => Assert.Single(Assessment.Of([School(1, numbers: [.. before.Select((number, place) => place < changed ? number + 1 : number)], earlier: before)]));
        Assert.Equal((0, "repeated"), (PartOf(Of(0), "repeated").Percent, Assert.Single(Of(0).Suspicions)));
        Assert.Equal((40, "repeated"), (PartOf(Of(2), "repeated").Percent, Assert.Single(Of(2).Suspicions)));
        Assert.Equal(60, PartOf(Of(3), "repeated").Percent);
        Assert.Empty(Of(3).Suspicions);
        Assert.Equal(100, PartOf(Of(5), "repeated").Percent);
    }

    [Fact]
    public void Rounded_NumbersThatEndWithNoughtAndFive_AreSuspicious_CountedOnesAreNot()
    {
        var counted = Assert.Single(Assessment.Of([School(1, numbers: [.. Enumerable.Range(100, 30)])]));
        Assert.Equal((100, 6, 30), (PartOf(counted, "rounded").Percent, PartOf(counted, "rounded").Count, PartOf(counted, "rounded").Of));
        Assert.Empty(counted.Suspicions);

        var rounded = Assert.Single(Assessment.Of([School(1, numbers: [.. Enumerable.Range(1, 16).Select(n => 100 + (5 * n)), 101, 102, 103, 104])]));
        Assert.Equal((20, 16, 20), (PartOf(rounded, "rounded").Percent, PartOf(rounded, "rounded").Count, PartOf(rounded, "rounded").Of));
        Assert.Equal(["rounded"], rounded.Suspicions);
    }

    [Fact]
    public void Digits_OfManyNumbers_AreHeldAgainstChance()
    {
        Assert.Null(LastDigits.ChiSquare([10, 10, 10, 10, 10, 10, 10, 10, 10, 10]));
        Assert.Equal(0, LastDigits.ChiSquare([20, 20, 20, 20, 20, 20, 20, 20, 20, 20]));
        Assert.True(LastDigits.ChiSquare([80, 10, 10, 10, 10, 80, 10, 10, 10, 10]) > LastDigits.Critical);
        // Neither the sign, nor small numbers, nor what is no whole number, nor what a double cannot hold.
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 0, 1], LastDigits.Of([-29, 20, 19, 20.5, 1e15, double.PositiveInfinity, double.NaN]));
    }

    [Fact]
    public void Whatever_TheOrder_TheSame()
    {
        var random = new Random(20260915);
        int[] Some() => [.. Enumerable.Range(0, 12).Select(_ => random.Next(20, 26))];
        var schools = Enumerable.Range(1, 25).Select(n => School(n, numbers: Some(), earlier: Some(), values: new() { ["K27"] = random.Next(1, 100), ["K03"] = random.Next(1, 3) })).ToList();
        var expected = Assessment.Of(schools).Select(Text).ToList();
        for (var round = 0; round < 10; round++)
        {
            Assert.Equal(expected, Assessment.Of([.. schools.OrderBy(_ => random.Next())]).Select(Text));
        }

        static string Text(AssessedSchool school) => $"{school.OrganisationId} {school.Score} {string.Join(',', school.Parts)} {string.Join(',', school.Findings)}";
    }

    private static QualityPart PartOf(AssessedSchool school, string key) => school.Parts.Single(part => part.Key == key);

    private static Guid Id(int number) => new($"00000000-0000-0000-0000-{number.ToString("x12", CultureInfo.InvariantCulture)}");

    private static SchoolReported School(
        int number, string type = "primary", int due = 3, int submitted = 3, int? onTime = null, int[]? numbers = null, int[]? earlier = null,
        Dictionary<string, decimal>? values = null, Dictionary<string, decimal>? valuesBefore = null) =>
        new(Id(number), type, due, submitted, onTime ?? submitted, Money(numbers), Money(earlier), values ?? [], valuesBefore ?? []);

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Money(int[]? numbers) => numbers is null ? []
        : new() { ["money"] = numbers.Index().ToDictionary(one => $"c{one.Index}", one => (double)one.Item) };
}
