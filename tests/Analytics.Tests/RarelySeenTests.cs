using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Quality;
using Gengdu.Analytics.Tests.Quality;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests;

/// <summary>
/// Rows that only the rare conditions of the policies let through (ADR 0015): of the county of somebody who has a single school of it, and of
/// closed cycles whose places the tree has left since. Without them a page answers 200 and leaves the number out.
/// </summary>
public sealed class RarelySeenTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly DateTimeOffset Moment = TestCycle.Start.AddDays(1);

    /// <summary>Values: their school has gone, the roster has it where it was.</summary>
    [Fact]
    public async Task SchoolThatMovedAfterTheClosing_ItsOldCountyStillSeesWhatItSigned()
    {
        var (cycle, county, schools) = await ClosedAsync();
        await cycle.DeliverAsync(schools[0].MovedTo(fixture.Province.Lianchi, Moment));

        var page = await AskAsync<SchoolDashboardResponse>(fixture, Page(schools[0], cycle), Roles.CountyReviewer, county);
        Assert.Equal(["basics submitted 1", "money submitted 1", "care not-submitted "], page.Modules.Select(m => $"{m.Key} {m.State} {m.Revision}"));
    }

    /// <summary>Figures and quality of the county: whoever has nothing but the school's subtree still compares it with the schools beside it.</summary>
    [Fact]
    public async Task SchoolsAdministrator_SeesItBesideItsCounty()
    {
        var (cycle, _, schools) = await ClosedAsync();

        var page = await AskAsync<SchoolDashboardResponse>(fixture, Page(schools[0], cycle), Roles.Administrator, schools[0]);
        Assert.Equal(4m, page.Indicators.Single(figure => figure.Id == "K27").CountyMedian);
        var quality = await AskAsync<SchoolQualityResponse>(fixture, GetSchoolQualityTests.At(schools[0], cycle), Roles.Administrator, schools[0]);
        Assert.NotNull(quality.PlaceMean);
    }

    /// <summary>Figures of the county a school had, whose median was its target then: its new county reads the school's past with it.</summary>
    [Fact]
    public async Task SchoolThatMovedAfterTheClosing_ItsNewCountySeesItsPastBesideTheCountyItHad()
    {
        var (cycle, _, schools) = await ClosedAsync();
        var next = await new TestCycle(fixture, schools[0]).OpenedAsync();
        await cycle.DeliverAsync(schools[0].MovedTo(fixture.Province.Lianchi, Moment));

        var series = await AskAsync<SeriesResponse>(fixture, Address("K27", next, schools[0], "/series"), Roles.CountyReviewer, fixture.Province.Lianchi);
        Assert.Equal(4, series.Points.Single(point => point.CycleId == cycle.Id).Target);
    }

    /// <summary>Figures of a place that moved itself, and whose schools stand below a zone of it: its new city reads its past.</summary>
    [Fact]
    public async Task CountyThatMovedAfterTheClosing_ItsNewCitySeesItsPast()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Shijiazhuang, "county");
        var zone = await p.DivisionAsync(county, "county");
        var school = await p.SchoolAsync(zone);
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await ReportAsync(cycle, school, 400);
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = Moment.AddHours(-1) });
        var next = await new TestCycle(fixture, school).OpenedAsync();
        var moved = county.MovedTo(p.Baoding, Moment);
        var movedZone = zone.MovedTo(moved, Moment);
        await cycle.DeliverAsync(moved);
        await cycle.DeliverAsync(movedZone);
        await cycle.DeliverAsync(school.MovedTo(movedZone, Moment));

        var series = await AskAsync<SeriesResponse>(fixture, Address("K27", next, county, "/series"), Roles.CitySupervisor, p.Baoding);
        Assert.Equal(4m, series.Points.Single(point => point.CycleId == cycle.Id).Value);
    }

    [Theory]
    [InlineData(Roles.CountyReviewer)]
    [InlineData(Roles.Reporter)]
    public async Task Others_SeeNothingOfIt_BeforeAndAfterTheMove(string role)
    {
        var p = fixture.Province;
        var (cycle, county, schools) = await ClosedAsync();
        Guid[] others = [await p.PersonAsync(role, p.Zhengding), await p.PersonAsync(role, p.ZhengdingJunior)];
        Assert.All(await RowsAsync(cycle, county, [await p.PersonAsync(Roles.CountyReviewer, county)]), rows => Assert.Equal((6, true, 1), (rows.Values, rows.Figures > 0, rows.Quality)));
        Assert.All(await RowsAsync(cycle, county, others), rows => Assert.Equal((0, 0, 0), rows));

        await cycle.DeliverAsync(schools[0].MovedTo(p.Lianchi, Moment));
        await cycle.DeliverAsync(county.MovedTo(p.Baoding, Moment));

        Assert.All(await RowsAsync(cycle, county, others), rows => Assert.Equal((0, 0, 0), rows));
    }

    private static string Page(Organisation school, TestCycle cycle) => $"/api/analytics/dashboards/schools/{school.Id}?cycleId={cycle.Id}";

    /// <summary>A county of three schools that spend 3, 4 and 5 a pupil, judged and closed.</summary>
    private async Task<(TestCycle Cycle, Organisation County, IReadOnlyList<Organisation> Schools)> ClosedAsync()
    {
        var (county, schools) = await fixture.CountyAsync(3);
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        foreach (var (number, school) in schools.Index())
        {
            await ReportAsync(cycle, school, 300 + (100 * number));
        }

        await fixture.AssessAsync();
        await cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = Moment.AddHours(-1) });
        return (cycle, county, schools);
    }

    private static async Task ReportAsync(TestCycle cycle, Organisation school, decimal spend)
    {
        await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
        await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
    }

    /// <summary>What the fence alone lets each of them find of the cycle and the county, no filter before it.</summary>
    private async Task<List<(int Values, int Figures, int Quality)>> RowsAsync(TestCycle cycle, Organisation county, Guid[] people)
    {
        var rows = new List<(int, int, int)>();
        foreach (var person in people)
        {
            rows.Add(await fixture.Host.AsCallerAsync(person, async (AnalyticsDbContext db) => (
                await db.ModuleValues.CountAsync(v => v.CycleId == cycle.Id), await db.NodeFigures.CountAsync(f => f.CycleId == cycle.Id && f.Path == county.Path),
                await db.Set<PlaceQuality>().CountAsync(q => q.CycleId == cycle.Id))));
        }

        return rows;
    }
}
