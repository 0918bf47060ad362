using Gengdu.Analytics.Comparisons;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Comparisons;

public sealed class GetProgressTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Progress(TestCycle cycle, Organisation at) => $"/api/analytics/comparisons/{at.Id}/progress?cycleId={cycle.Id}";

    [Fact]
    public async Task Get_EachSchoolWithTheStateOfEachModule()
    {
        var p = fixture.Province;
        var (cycle, late) = await ReportedAsync(fixture);
        var progress = await AskAsync<ProgressResponse>(fixture, Progress(cycle, p.Changan));
        Assert.Equal(["basics", "money", "care"], progress.Modules.Select(module => module.Key));
        string States(Organisation school) => string.Join(' ', progress.Schools.Single(row => row.Id == school.Id).States);
        Assert.Equal("county-approved county-approved not-submitted", States(p.ChanganPrimary));
        Assert.Equal("submitted submitted not-submitted", States(p.ChanganNineYear));
        Assert.Equal("not-submitted not-submitted not-submitted", States(late));
        Assert.Equal(4, progress.Schools.Count);
        // A city's schools are its counties'.
        Assert.Empty((await AskAsync<ProgressResponse>(fixture, Progress(cycle, p.Shijiazhuang))).Schools);
    }

    [Fact]
    public async Task Get_ShowsADepartmentNoSchool_AndRefusesOthers()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        Assert.Empty((await AskAsync<ProgressResponse>(fixture, Progress(cycle, p.Changan), Roles.Reporter, p.Changan)).Schools);
        await RefusedAsync(fixture, Progress(cycle, p.Zhengding), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Progress(cycle, p.ChanganPrimary), 404, "ANA-0002");
    }
}
