using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Dashboards;

public sealed class GetSchoolDashboardTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static string Address(Organisation organisation, TestCycle cycle) => $"/api/analytics/dashboards/schools/{organisation.Id}?cycleId={cycle.Id}";

    [Fact]
    public async Task Get_School_StandsBesideTheMedianOfItsCounty()
    {
        var p = fixture.Province;
        var third = await p.SchoolAsync(p.Changan);
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear, third, p.DingzhouPrimary).OpenedAsync();
        foreach (var (school, spend) in new[] { (p.ChanganPrimary, 300m), (p.ChanganNineYear, 500m), (third, 400m), (p.DingzhouPrimary, 90_000m) })
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
        }

        using var client = await fixture.ClientAsync(Roles.Reporter, p.ChanganPrimary);
        var dashboard = (await client.GetFromJsonAsync<SchoolDashboardResponse>(Address(p.ChanganPrimary, cycle), AnalyticsFixture.Json))!;

        var spendPerPupil = dashboard.Indicators.Single(figure => figure.Id == "K27");
        Assert.Equal((3m, 4m, 4m, "red"), (spendPerPupil.Value, spendPerPupil.Target, spendPerPupil.CountyMedian, spendPerPupil.Light));
        Assert.Equal(["basics submitted 1", "money submitted 1", "care not-submitted "], dashboard.Modules.Select(m => $"{m.Key} {m.State} {m.Revision}"));
        Assert.Equal((3, 2, 0.6667m), (dashboard.Completeness.Due, dashboard.Completeness.Submitted, dashboard.Completeness.Rate));
        Assert.Equal(new CoverageResponse(1, 1), spendPerPupil.Passport.Coverage);
        // The county's own page shows the same school with the same light and index.
        var inCounty = (await fixture.NodeAsync(cycle, p.Changan)).Children.Single(child => child.Organisation.Id == p.ChanganPrimary.Id);
        Assert.Equal((new ShortFigureResponse(3m, "red"), dashboard.Index), (inCounty.Figures["K27"], inCounty.Index));
    }

    /// <summary>Who looked at whose figures is written down, at school and node.</summary>
    [Fact]
    public async Task Get_IsALookInTheAudit()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary).OpenedAsync();
        var reviewer = await p.PersonAsync(Roles.CountyReviewer, p.Changan);
        using var client = fixture.Host.CreateClient(reviewer);
        using var school = await client.GetAsync(Address(p.ChanganPrimary, cycle));
        using var node = await client.GetAsync(new Uri($"/api/analytics/dashboards/nodes/{p.Changan.Id}?cycleId={cycle.Id}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (school.StatusCode, node.StatusCode));

        // The test's clock stands still: two acts of one moment have no order.
        var looks = (await fixture.Host.AuditAsync()).Where(entry => entry.Act == "dashboard.seen" && entry.ActorId == reviewer).OrderByDescending(entry => entry.OrganisationPath).ToList();
        Assert.Equal([(p.ChanganPrimary.Id.ToString(), p.ChanganPrimary.Path), (p.Changan.Id.ToString(), p.Changan.Path)], looks.Select(entry => (entry.ObjectId!, entry.OrganisationPath!)));
        Assert.All(looks, entry => Assert.Contains(cycle.Id.ToString(), entry.Filter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_OtherSchool_Is404_AndSchoolOutsideTheRoster_SaysSo()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ZhengdingJunior).OpenedAsync();
        using var school = await fixture.ClientAsync(Roles.Approver, p.ChanganPrimary);
        using var other = await school.GetAsync(Address(p.ZhengdingJunior, cycle));
        await AnalyticsFixture.RefusedAsync(other, 404, "GEN-0006");

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);
        using var own = await county.GetAsync(Address(p.ChanganPrimary, cycle));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var outside = await county.GetAsync(Address(p.ChanganNineYear, cycle));
        await AnalyticsFixture.RefusedAsync(outside, 404, "ANA-0003");
    }
}
