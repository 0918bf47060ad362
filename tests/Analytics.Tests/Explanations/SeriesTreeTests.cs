using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Tests.Publications;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

/// <summary>One school moves from a county to another and one is merged into a third while the second of two cycles runs.</summary>
public sealed class SeriesTreeTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly DateTimeOffset Closed = TestCycle.Start.AddDays(60);

    [Fact]
    public async Task Get_OfATree_CountsEachSchoolWhereThatTreeHasIt()
    {
        var scene = await PlayAsync();
        await ExpectAsync(scene, scene.Losing, "cycle", (1200m, 3), (400m, 2));
        await ExpectAsync(scene, scene.Losing, "opening", (1200m, 3), (600m, 3));
        await ExpectAsync(scene, scene.Losing, "today", (700m, 2), (400m, 2));
        await ExpectAsync(scene, scene.Gaining, "cycle", (2000m, 1), (600m, 2));
        await ExpectAsync(scene, scene.Gaining, "opening", (2000m, 1), (400m, 1));
        await ExpectAsync(scene, scene.Gaining, "today", (2500m, 2), (600m, 2));
        // Whatever moved below it, the city has them all; a school is itself.
        foreach (var tree in new[] { "cycle", "opening", "today" })
        {
            await ExpectAsync(scene, scene.City, tree, (3200m, 4), (1000m, 4));
            await ExpectAsync(scene, scene.Moved, tree, (500m, 1), (200m, 1));
        }

        // A county's own people may ask, and are shown totals alone.
        var seen = await AskAsync<SeriesResponse>(fixture, Address("K27", scene.Second, scene.Gaining, "/series", "&tree=today"), Roles.CountyReviewer, scene.Gaining);
        Assert.Equal(("today", 2), (seen.Tree, seen.Points.Count));
        await RefusedAsync(fixture, Address("K27", scene.Second, scene.Gaining, "/series", "&tree=today"), 404, "GEN-0006", Roles.CountyReviewer, scene.Losing);
        await RefusedAsync(fixture, Address("K27", scene.Second, scene.Gaining, "/series", "&tree=old"), 422, "ANA-0014");
    }

    /// <summary>What is no sum of schools: reports in time, and the gap between schools of one county.</summary>
    [Fact]
    public async Task Get_OfATree_CountsTimelinessAndGapsAlike()
    {
        var scene = await PlayAsync();
        var timely = await PointsAsync(scene, scene.Gaining, "K37", "today");
        Assert.Equal((4m, 6m), (timely[scene.First.Id].Numerator, timely[scene.First.Id].Denominator));
        Assert.Equal((2m, 3m), await NumbersAsync(scene, scene.Gaining, "K37", "cycle"));
        Assert.Equal((2m, 3m), await NumbersAsync(scene, scene.Gaining, "K37", "opening"));

        // 3, 5 and 4 a pupil then; without the one that left 3 and 4.
        var then = await NumbersAsync(scene, scene.Losing, "K40", "cycle");
        Assert.Equal(then, await NumbersAsync(scene, scene.Losing, "K40", "opening"));
        Assert.Equal((0.612372435m, 3m), then);
        Assert.Equal((0.285714286m, 2m), await NumbersAsync(scene, scene.Losing, "K40", "today"));
    }

    /// <summary>What was published of a place is said of the cycle's own tree alone: nothing was published of another.</summary>
    [Fact]
    public async Task Get_ShowsWhatWasPublished()
    {
        var scene = await PlayAsync();
        await PublishFiguresTests.PublishAsync(fixture, scene.First);
        await scene.First.DeliverAsync(scene.First.Submitted(scene.Stays, "money", TestProgramme.Money(600), revision: 2, minute: 30));
        await PublishFiguresTests.PublishAsync(fixture, scene.First);
        await scene.First.DeliverAsync(scene.First.Submitted(scene.Stays, "money", TestProgramme.Money(900), revision: 3, minute: 31));
        var points = await PointsAsync(scene, scene.Losing, "K27", "cycle");
        Assert.Equal((2, 5m, 1500m, true), (points[scene.First.Id].Published!.Number, points[scene.First.Id].Published!.Value, points[scene.First.Id].Published!.Numerator, points[scene.First.Id].Published!.Differs));
        Assert.Null(points[scene.Second.Id].Published);
        foreach (var place in new[] { scene.Losing, fixture.Province.Root })
        {
            Assert.All((await PointsAsync(scene, place, "K27", "today")).Values, point => Assert.Null(point.Published));
        }
    }

    private async Task<Scene> PlayAsync()
    {
        var p = fixture.Province;
        var city = await p.DivisionAsync(p.Root, "city");
        var (losing, gaining) = (await p.DivisionAsync(city, "county"), await p.DivisionAsync(city, "county"));
        var (stays, moved, merged, other) = (await p.SchoolAsync(losing), await p.SchoolAsync(losing), await p.SchoolAsync(losing), await p.SchoolAsync(gaining));
        var first = await ReportedAsync((stays, 300m), (moved, 500m), (merged, 400m), (other, 2000m));
        await first.DeliverAsync(new CycleClosed { CycleId = first.Id, ClosedAt = Closed });
        var second = await ReportedAsync((stays, 100m), (moved, 200m), (merged, 300m), (other, 400m));
        await second.DeliverAsync(moved.MovedTo(gaining, Closed.AddDays(1)));
        await second.DeliverAsync(merged.Known() with { ValidTo = new(2026, 11, 30), SuccessorId = stays.Id, Version = 2, ChangedAt = Closed.AddDays(1) });
        return new(first, second, city, losing, gaining, stays, moved);
    }

    private async Task<TestCycle> ReportedAsync(params (Organisation School, decimal Spend)[] schools)
    {
        var cycle = await new TestCycle(fixture, [.. schools.Select(one => one.School)]).OpenedAsync();
        foreach (var (school, spend) in schools)
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
        }

        return cycle;
    }

    private async Task ExpectAsync(Scene scene, Organisation place, string tree, (decimal Spent, int Schools) first, (decimal Spent, int Schools) second)
    {
        var points = await PointsAsync(scene, place, "K27", tree);
        foreach (var (cycle, expected) in new[] { (scene.First, first), (scene.Second, second) })
        {
            var point = points[cycle.Id];
            Assert.Equal((expected.Spent, expected.Schools * 100m, expected.Schools, expected.Schools), (point.Numerator, point.Denominator, point.Reported, point.Due));
        }
    }

    private async Task<(decimal? Numerator, decimal? Denominator)> NumbersAsync(Scene scene, Organisation place, string indicator, string tree)
    {
        var point = (await PointsAsync(scene, place, indicator, tree))[scene.First.Id];
        return (point.Numerator, point.Denominator);
    }

    private async Task<Dictionary<Guid, SeriesPointResponse>> PointsAsync(Scene scene, Organisation place, string indicator, string tree) =>
        (await AskAsync<SeriesResponse>(fixture, Address(indicator, scene.Second, place, "/series", $"&tree={tree}"))).Points.ToDictionary(point => point.CycleId);

    private sealed record Scene(TestCycle First, TestCycle Second, Organisation City, Organisation Losing, Organisation Gaining, Organisation Stays, Organisation Moved);
}
