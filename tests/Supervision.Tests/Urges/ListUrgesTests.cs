using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Tests.Clocks;
using Gengdu.Supervision.Urges;

namespace Gengdu.Supervision.Tests.Urges;

public sealed class ListUrgesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_EverybodyOnTheLineReadsWhoUrgedWhom_NobodyElse()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var roster = await fixture.OpenedAsync(school);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);
        await RaiseUrgesTests.UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted", words = "请尽快" });

        foreach (var (role, at, seen) in new[] { (Roles.Reporter, school, 1), (Roles.CountyReviewer, p.Changan, 1), (Roles.CitySupervisor, p.Shijiazhuang, 1), (Roles.ProvinceOwner, p.Root, 1),
            (Roles.CountyReviewer, p.Zhengding, 0), (Roles.Reporter, p.ChanganPrimary, 0), (Roles.Administrator, p.Changan, 0) })
        {
            using var client = await fixture.ClientAsync(role, at);
            var page = (await client.GetFromJsonAsync<Page<UrgeResponse>>($"/api/supervision/urges?cycleId={roster.CycleId}", SupervisionFixture.Json))!;
            Assert.Equal((seen, seen), (page.Total, page.Items.Count));
            Assert.All(page.Items, urge => Assert.Equal((school.NameZh, p.Changan.NameZh, "请尽快"), (urge.Holder.NameZh, urge.ByOrganisation.NameZh, urge.Words)));
        }
    }

    [Fact]
    public async Task Get_OfAForeignPlace_IsNotFound()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var answer = await county.GetAsync(new Uri($"/api/supervision/urges?organisationId={fixture.Province.Zhengding.Id}", UriKind.Relative));
        await SupervisionFixture.RefusedAsync(answer, 404, "GEN-0006");
    }

    /// <summary>What a school was urged about goes with it to its new county.</summary>
    [Fact]
    public async Task Get_AfterAMove_TheNewCountyReadsIt()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var roster = await fixture.OpenedAsync(school);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Changan);
        await RaiseUrgesTests.UrgedAsync(county, new { cycleId = roster.CycleId, state = "not-submitted" });
        await fixture.Host.Events.DeliverAsync(TestKit.TreeMoves.MovedTo(school, p.Zhengding, fixture.Host.Clock.GetUtcNow()));

        using var next = await fixture.ClientAsync(Roles.CountyReviewer, p.Zhengding);
        Assert.Equal((0, 1), (await TotalAsync(county, roster.CycleId), await TotalAsync(next, roster.CycleId)));
    }

    private static async Task<int> TotalAsync(HttpClient client, Guid cycleId) =>
        (await client.GetFromJsonAsync<Page<UrgeResponse>>($"/api/supervision/urges?cycleId={cycleId}", SupervisionFixture.Json))!.Total;
}
