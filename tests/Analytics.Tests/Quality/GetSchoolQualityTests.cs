using Gengdu.Analytics.Quality;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Quality;

public sealed class GetSchoolQualityTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_TakesTheScoreApart_AndNamesTheOtherSchoolToThoseAlone_WhoMaySeeIt()
    {
        var (county, schools) = await fixture.CountyAsync(3);
        var before = await new TestCycle(fixture, schools[0]).EarlierAsync();
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        await before.DeliverAsync(before.Submitted(schools[0], "money", TestProgramme.Money(300)));
        foreach (var (place, school) in schools.Take(2).Index())
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", QualityScene.Basics(1), onTime: place == 0));
        }

        await fixture.AssessAsync();
        var seen = await AskAsync<SchoolQualityResponse>(fixture, At(schools[0], cycle), Roles.CountyReviewer, county);
        // 20 × 33 + 10 × 100 + 20 × 0 of 50: its six numbers are the other's.
        Assert.Equal((33, false, "quality-1"), (seen.Score, seen.Behind, seen.Method));
        Assert.Equal(23m, seen.PlaceMean);
        Assert.Equal([("complete", 33), ("timely", 100), ("copied", 0)], seen.Parts.Where(part => part.Percent is not null).Select(part => (part.Key, part.Percent!.Value)));
        var copied = Assert.Single(seen.Findings);
        Assert.Equal(("copied", "basics", schools[1].Id, 6, 6), (copied.Kind, copied.Module, copied.Other!.Id, copied.Count, copied.Of));
        Assert.Equal("basics", copied.ModuleName!.Zh);
        Assert.Equal((6, county.Id), (seen.Digits.Sum(), seen.Parents[^1].Id));
        Assert.Equal([(before.Id, 55), (cycle.Id, 33)], seen.Series.Select(point => (point.CycleId, point.Score!.Value)));

        // Its own people are told what is alike, and how the county's schools do, but no other school's name.
        var own = await AskAsync<SchoolQualityResponse>(fixture, At(schools[0], cycle), Roles.Reporter, schools[0]);
        Assert.Equal((33, 23m, null, 6), (own.Score, own.PlaceMean, Assert.Single(own.Findings).Other, own.Findings[0].Count));

        var silent = await AskAsync<SchoolQualityResponse>(fixture, At(schools[2], cycle));
        Assert.Equal((null, null, 0), (silent.Score, silent.AssessedAt, silent.Parts.Count));
    }

    [Fact]
    public async Task Get_AfterASubmission_SaysThatItIsBehind_UntilItIsJudged()
    {
        var (_, schools) = await fixture.CountyAsync(1);
        var cycle = await new TestCycle(fixture, schools[0]).OpenedAsync();
        await fixture.AssessAsync();
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1)));
        Assert.Equal((null, true), await LookAsync());
        await fixture.AssessAsync();
        Assert.Equal((55, false), await LookAsync());

        async Task<(int? Score, bool Behind)> LookAsync()
        {
            var seen = await AskAsync<SchoolQualityResponse>(fixture, At(schools[0], cycle));
            return (seen.Score, seen.Behind);
        }
    }

    [Fact]
    public async Task Get_OutsideTheSubtree_OfANode_OfNoCycle_Returns404_AndAMoveTakesItAlongAtOnce()
    {
        var (county, schools) = await fixture.CountyAsync(1);
        var cycle = await new TestCycle(fixture, schools[0]).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1)));
        await fixture.AssessAsync();
        await RefusedAsync(fixture, At(schools[0], cycle), 404, "GEN-0006", Roles.CountyReviewer, fixture.Province.Lianchi);
        await RefusedAsync(fixture, At(county, cycle), 404, "ANA-0003");
        await RefusedAsync(fixture, $"/api/analytics/quality/schools/{schools[0].Id}?cycleId={Guid.Empty}", 404, "ANA-0001");

        await cycle.DeliverAsync(schools[0].MovedTo(fixture.Province.Lianchi, TestCycle.Start.AddDays(1)));
        await RefusedAsync(fixture, At(schools[0], cycle), 404, "GEN-0006", Roles.CountyReviewer, county);
        Assert.Equal(55, (await AskAsync<SchoolQualityResponse>(fixture, At(schools[0], cycle), Roles.CountyReviewer, fixture.Province.Lianchi)).Score);
    }

    [Fact]
    public async Task Get_IsALookThatIsWrittenDown()
    {
        var (county, schools) = await fixture.CountyAsync(1);
        var cycle = await new TestCycle(fixture, schools[0]).OpenedAsync();
        await AskAsync<SchoolQualityResponse>(fixture, At(schools[0], cycle), Roles.CountyReviewer, county);
        Assert.Single(await fixture.Host.AuditOfAsync(schools[0].Id), entry => entry.Act == "quality.seen");
    }

    internal static string At(Organisation school, TestCycle cycle) => $"/api/analytics/quality/schools/{school.Id}?cycleId={cycle.Id}";
}
