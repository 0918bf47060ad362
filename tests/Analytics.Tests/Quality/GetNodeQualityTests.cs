using Gengdu.Analytics.Quality;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Quality;

public sealed class GetNodeQualityTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_AddsUpWhatLiesBelow_LowestFirst()
    {
        var city = await fixture.Province.DivisionAsync(fixture.Province.Root, "city");
        var (good, bad) = (await fixture.Province.DivisionAsync(city, "county"), await fixture.Province.DivisionAsync(city, "county"));
        Organisation[] schools = [await fixture.Province.SchoolAsync(good), await fixture.Province.SchoolAsync(bad), await fixture.Province.SchoolAsync(bad), await fixture.Province.SchoolAsync(bad), await fixture.Province.SchoolAsync(city)];
        var cycle = await new TestCycle(fixture, schools).OpenedAsync();
        foreach (var (module, values) in new[] { ("basics", QualityScene.Basics(1)), ("money", TestProgramme.Money(300)), ("care", TestProgramme.Care(1)) })
        {
            await cycle.DeliverAsync(cycle.Submitted(schools[0], module, values));
        }

        await cycle.DeliverAsync(cycle.Submitted(schools[1], "basics", QualityScene.Basics(3)));
        await cycle.DeliverAsync(cycle.Submitted(schools[2], "basics", QualityScene.Basics(3), onTime: false));
        await cycle.DeliverAsync(cycle.Submitted(schools[4], "basics", QualityScene.Basics(5)));
        await fixture.AssessAsync();

        var seen = await AskAsync<NodeQualityResponse>(fixture, At(city, cycle), Roles.CitySupervisor, city);
        // 100, 33 and 13 in the counties, 55 of the city's own school.
        Assert.Equal((50.3m, 5, 4), (seen.Whole.Score, seen.Whole.Due, seen.Whole.Scored));
        Assert.Equal([3, 0, 0, 0, 1], seen.Whole.Bands);
        Assert.Equal([("copied", 2)], seen.Whole.Suspected.Where(one => one.Schools > 0).Select(one => (one.Kind, one.Schools)));
        Assert.Equal([(bad.Id, 23m, 3, 2), (good.Id, 100m, 1, 1)], seen.Children.Select(child => (child.Id, child.Sum.Score!.Value, child.Sum.Due, child.Sum.Scored)));
        Assert.Equal((null, false, fixture.Province.Root.Id), (seen.ChiSquare, seen.Behind, seen.Parents[^1].Id));
        Assert.Equal((4 * 6) + 1, seen.Digits.Sum());

        Assert.Empty((await AskAsync<NodeQualityResponse>(fixture, At(bad, cycle), Roles.CountyReviewer, bad)).Children);
        await RefusedAsync(fixture, At(good, cycle), 404, "GEN-0006", Roles.CountyReviewer, bad);
        await RefusedAsync(fixture, At(schools[0], cycle), 404, "ANA-0002");
    }

    internal static string At(Organisation place, TestCycle cycle, string what = "") => $"/api/analytics/quality/nodes/{place.Id}{what}?cycleId={cycle.Id}";
}
