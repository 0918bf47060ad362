using Microsoft.EntityFrameworkCore;
using Gengdu.Analytics.Comparisons;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;

namespace Gengdu.Analytics.Tests.Comparisons;

public sealed class GetScatterTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Scatter(TestCycle cycle, Organisation at, string query = "&x=K01&y=K27") => $"/api/analytics/comparisons/{at.Id}/scatter?cycleId={cycle.Id}{query}";

    [Fact]
    public async Task Get_EachSchoolIsAPoint_WithoutBothNumbersItIsLeftOut()
    {
        var p = fixture.Province;
        var (cycle, late) = await ReportedAsync(fixture);
        var scatter = await AskAsync<ScatterResponse>(fixture, Scatter(cycle, p.Shijiazhuang));
        Assert.Equal([(p.Changan.Id, 100m, 3m), (p.Changan.Id, 100m, 4m), (p.Changan.Id, 100m, 5m), (p.Zhengding.Id, 100m, 20m)], scatter.Points.Select(point => (point.AboveId!.Value, point.X, point.Y)).OrderBy(point => point.Y));
        Assert.Equal((1, "K01", "K27"), (scatter.LeftOut, scatter.X.Id, scatter.Y.Id));
        Assert.DoesNotContain(late.Id, scatter.Points.Select(point => point.Id));
        Assert.Equal((p.ZhengdingJunior.NameZh, "junior"), scatter.Points.Where(point => point.Id == p.ZhengdingJunior.Id).Select(point => (point.NameZh, point.SchoolType!)).Single());
    }

    [Fact]
    public async Task Get_NamesSchoolsToThoseWhoSeeThem()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        var department = await AskAsync<ScatterResponse>(fixture, Scatter(cycle, p.Changan), Roles.Reporter, p.Changan);
        Assert.Equal((0, 0), (department.Points.Count, department.LeftOut));
        Assert.Equal(3, (await AskAsync<ScatterResponse>(fixture, Scatter(cycle, p.Changan), Roles.CountyReviewer, p.Changan)).Points.Count);
        await RefusedAsync(fixture, Scatter(cycle, p.Zhengding), 404, "GEN-0006", Roles.CountyReviewer, p.Changan);
    }

    [Theory]
    [InlineData("&x=K01&y=K99", 404, "ANA-0010")]
    [InlineData("&x=K37&y=K01", 422, "ANA-0013")]
    [InlineData("&x=K01&y=K40", 422, "ANA-0013")]
    [InlineData("&x=K38&y=K01", 422, "ANA-0013")]
    public async Task Get_WhatIsNoNumberOfASchool_IsRefused(string query, int status, string code)
    {
        var (cycle, _) = await ReportedAsync(fixture);
        await RefusedAsync(fixture, Scatter(cycle, fixture.Province.Changan, query), status, code);
        await RefusedAsync(fixture, Scatter(cycle, fixture.Province.ChanganPrimary), 404, "ANA-0002");
    }

    /// <summary>As many as a cloud has are refused, before any of them is read: the roll-up says how many there are.</summary>
    [Fact]
    public async Task Get_TooManySchools_IsRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update analytics.node_completeness set schools = 3001 where cycle_id = {cycle.Id} and path = {p.Root.Path}"));
        await RefusedAsync(fixture, Scatter(cycle, p.Root), 422, "ANA-0016");
    }
}
