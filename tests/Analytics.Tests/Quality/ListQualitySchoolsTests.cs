using Gengdu.Analytics.Quality;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Quality;

public sealed class ListQualitySchoolsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_LowestFirst_ByPage_OfOneSuspicionOnly_WhenItIsNamed()
    {
        var (county, schools) = await fixture.CountyAsync(4);
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1)));
        await cycle.DeliverAsync(cycle.Submitted(schools[1], "basics", QualityScene.Basics(3)));
        await cycle.DeliverAsync(cycle.Submitted(schools[2], "basics", QualityScene.Basics(3), onTime: false));
        await fixture.AssessAsync();

        var all = await ListAsync("");
        Assert.Equal([schools[2].Id, schools[1].Id, schools[0].Id], all.Items.Select(one => one.Organisation.Id));
        // Nothing of the first equals the others' numbers.
        Assert.Equal([13, 33, 55], all.Items.Select(one => one.Score));
        Assert.Equal((3, 1), (all.Total, (await ListAsync("&page=2&pageSize=2")).Items.Count));
        Assert.Equal([schools[2].Id, schools[1].Id], (await ListAsync("&suspicion=copied")).Items.Select(one => one.Organisation.Id));
        Assert.Empty((await ListAsync("&suspicion=rounded")).Items);

        await RefusedAsync(fixture, Address("&suspicion=late"), 422, "GEN-0011", Roles.CountyReviewer, county);
        await RefusedAsync(fixture, Address(""), 404, "GEN-0006", Roles.CountyReviewer, fixture.Province.Lianchi);

        string Address(string query) => GetNodeQualityTests.At(county, cycle, "/schools") + query;
        Task<Page<QualitySchoolResponse>> ListAsync(string query) => AskAsync<Page<QualitySchoolResponse>>(fixture, Address(query), Roles.CountyReviewer, county);
    }
}
