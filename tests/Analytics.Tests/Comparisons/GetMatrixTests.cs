using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Comparisons;

public sealed class GetMatrixTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Address(TestCycle cycle, Organisation at, string query = "") => $"/api/analytics/comparisons/{at.Id}/matrix?cycleId={cycle.Id}{query}";

    [Fact]
    public async Task Get_EachCellIsThatOfThePlacesOwnPage()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        foreach (var place in new[] { p.Root, p.Shijiazhuang, p.Changan })
        {
            var (matrix, page) = (await AskAsync<MatrixResponse>(fixture, Address(cycle, place)), await fixture.NodeAsync(cycle, place));
            Assert.Equal(page.Children.Select(child => child.Organisation.Id), matrix.Places.Select(row => row.Id));
            Assert.Equal((page.AsOf, page.Index, page.Completeness), (matrix.AsOf, matrix.Whole.Index, matrix.Whole.Completeness));
            foreach (var (child, row) in page.Children.Zip(matrix.Places))
            {
                Assert.Equal((child.Index, place.Id), (row.Index, row.AboveId));
                Assert.Equal(child.Areas, row.Areas);
                foreach (var (indicator, at) in matrix.Indicators.Select((one, at) => (one, at)).Where(column => column.one.Kind != "dispersion"))
                {
                    var shown = child.Figures.GetValueOrDefault(indicator.Id);
                    Assert.Equal((shown?.Value, shown?.Light ?? "absent"), (row.Values[at], row.Lights[at]));
                }
            }

            Assert.Equal(
                page.Indicators.Where(figure => figure.Later is null).Select(figure => (figure.Id, figure.Value, figure.Passport.Coverage.Reported, figure.Passport.Coverage.Due)),
                matrix.Indicators.Select((one, at) => (one.Id, matrix.Whole.Values[at], matrix.Whole.Reported[at], matrix.Whole.Due[at])));
        }
    }

    /// <summary>Counties wherever they hang: below a city, or as Dingzhou city and county at once.</summary>
    [Fact]
    public async Task Get_Counties_AreAllOfThem_AndNoSchool()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior, p.LianchiVocational, p.DingzhouPrimary).OpenedAsync();
        var matrix = await AskAsync<MatrixResponse>(fixture, Address(cycle, p.Root, "&below=counties"));
        Assert.Equal(
            [(p.Changan.Id, p.Shijiazhuang.Id), (p.Zhengding.Id, p.Shijiazhuang.Id), (p.Lianchi.Id, p.Baoding.Id), (p.Dingzhou.Id, p.Root.Id)],
            matrix.Places.Select(row => (row.Id, row.AboveId!.Value)));
        Assert.Equal([p.Changan.Id, p.Zhengding.Id], (await AskAsync<MatrixResponse>(fixture, Address(cycle, p.Shijiazhuang, "&below=counties"))).Places.Select(row => row.Id));
        Assert.Empty((await AskAsync<MatrixResponse>(fixture, Address(cycle, p.Changan, "&below=counties"))).Places);
    }

    [Fact]
    public async Task Get_SpreadBetweenSchools_IsNoSchools()
    {
        var (cycle, _) = await ReportedAsync(fixture);
        var matrix = await AskAsync<MatrixResponse>(fixture, Address(cycle, fixture.Province.Changan));
        var at = matrix.Indicators.ToList().FindIndex(one => one.Kind == "dispersion");
        Assert.All(matrix.Places, row => Assert.Equal((null, "absent"), (row.Values[at], row.Lights[at])));
    }

    [Fact]
    public async Task Get_ShowsADepartmentNoSchool_AndRefusesOthers()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        Assert.Empty((await AskAsync<MatrixResponse>(fixture, Address(cycle, p.Changan), Roles.Reporter, p.Changan)).Places);
        await RefusedAsync(fixture, Address(cycle, p.Zhengding), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Address(cycle, p.Shijiazhuang), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
        await RefusedAsync(fixture, Address(cycle, p.ChanganPrimary), 404, "ANA-0002");
        await RefusedAsync(fixture, Address(cycle, p.Root, "&below=schools"), 422, "GEN-0011");
        await RefusedAsync(fixture, $"/api/analytics/comparisons/{p.Root.Id}/matrix?cycleId={Guid.Empty}", 404, "ANA-0001");
    }

    /// <summary>A nation's counties by forty indicators are no page: refused before a cell is read.</summary>
    [Fact]
    public async Task Get_TooManyCells_IsRefused()
    {
        var p = fixture.Province;
        var county = await p.DivisionAsync(p.Baoding, "county");
        var cycle = await new TestCycle(fixture, await p.SchoolAsync(county)).OpenedAsync();
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            with many as (
              insert into organisations (id, parent_id, path, code, name_zh, name_en, level_roles, kind, grades, valid_from, version)
              select gen_random_uuid(), o.id, o.path || (700000 + n) || '/', o.code || n, o.name_zh, o.name_en, array['school'], 'school', o.grades, o.valid_from, 1
              from organisations o cross join generate_series(1, 2300) n where o.id = {county.Id} returning id, path)
            insert into node_completeness (cycle_id, path, parent_path, organisation_id, schools, exempt, due, submitted, on_time, county_approved, city_approved, accepted, returned)
            select {cycle.Id}, path, {county.Path}, id, 1, 0, 3, 0, 0, 0, 0, 0, 0 from many
            """));
        await RefusedAsync(fixture, Address(cycle, county), 422, "ANA-0016");
    }
}
