using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Comparisons;

public sealed class GetSparklinesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Lines(TestCycle cycle, Organisation at, string indicator) => $"/api/analytics/comparisons/{at.Id}/sparklines?cycleId={cycle.Id}&indicator={indicator}";

    /// <summary>Each point is that of the place's own series; other tests' cycles are of the same programme and have none of these places.</summary>
    [Fact]
    public async Task Get_EachLineIsTheSeriesOfItsPlace()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Baoding, "county");
        var (first, second) = (await p.SchoolAsync(county), await p.SchoolAsync(county));
        TestCycle? cycle = null;
        foreach (var spend in new[] { 300m, 450m })
        {
            cycle = await new TestCycle(fixture, first, second).OpenedAsync();
            await cycle.DeliverAsync(cycle.Submitted(first, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(first, "money", TestProgramme.Money(spend)));
        }

        foreach (var indicator in new[] { "K27", "K37" })
        {
            var lines = await AskAsync<SparklinesResponse>(fixture, Lines(cycle!, county, indicator));
            Assert.Equal(new[] { first.Code, second.Code }.Order(StringComparer.Ordinal), lines.Places.Select(line => line.OrganisationId == first.Id ? first.Code : second.Code));
            foreach (var line in lines.Places.Append(lines.Whole))
            {
                var place = new[] { first, second, county }.Single(one => one.Id == line.OrganisationId);
                var series = (await AskAsync<SeriesResponse>(fixture, Address(indicator, cycle!, place, "/series"))).Points.ToDictionary(point => point.CycleId, point => point.Value);
                Assert.All(lines.Cycles.Zip(line.Values), point => Assert.Equal(series.GetValueOrDefault(point.First.CycleId), point.Second));
                Assert.All(series.Where(point => point.Value is not null), point => Assert.Contains(point.Key, lines.Cycles.Select(one => one.CycleId)));
            }
        }

        Assert.Equal(cycle!.Id, (await AskAsync<SparklinesResponse>(fixture, Lines(cycle, county, "K27"))).Cycles[^1].CycleId);
    }

    [Fact]
    public async Task Get_ShowsADepartmentNoSchool_AndRefusesOthers()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        Assert.Empty((await AskAsync<SparklinesResponse>(fixture, Lines(cycle, p.Changan, "K27"), Roles.Reporter, p.Changan)).Places);
        await RefusedAsync(fixture, Lines(cycle, p.Zhengding, "K27"), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Lines(cycle, p.ChanganPrimary, "K27"), 404, "ANA-0002");
        await RefusedAsync(fixture, Lines(cycle, p.Changan, "K99"), 404, "ANA-0010");
    }
}
