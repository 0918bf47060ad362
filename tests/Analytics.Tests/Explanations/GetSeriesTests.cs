using Gengdu.Analytics.Explanations;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Explanations;

public sealed class GetSeriesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    /// <summary>Other tests' cycles are of the same programme: those of a school of its own are looked at.</summary>
    [Fact]
    public async Task Get_FollowsOneNumberOverTheCycles()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Shijiazhuang, "county");
        var school = await p.SchoolAsync(county);
        var cycles = new List<TestCycle>();
        foreach (var spend in new[] { 300m, 450m })
        {
            var cycle = await new TestCycle(fixture, school).OpenedAsync();
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
            cycles.Add(cycle);
        }

        foreach (var place in new[] { county, school })
        {
            var series = await AskAsync<SeriesResponse>(fixture, Address("K27", cycles[1], place, "/series"));
            Assert.Equal(cycles.Select(c => c.Id).Order(), series.Points.Select(point => point.CycleId).Order());
            Assert.Equal([3m, 4.5m], series.Points.Select(point => point.Value!.Value).Order());
            Assert.All(series.Points, point => Assert.Equal((1, 1, "2026.1", false), (point.Reported, point.Due, point.FormulaVersion, point.DefinitionChanged)));
        }

        var timely = await AskAsync<SeriesResponse>(fixture, Address("K37", cycles[1], county, "/series"));
        Assert.All(timely.Points, point => Assert.Equal((2m, 3m), (point.Numerator, point.Denominator)));
        await RefusedAsync(fixture, Address("K27", cycles[1], county, "/series"), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
    }
}
