using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Explore;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

public sealed class ChangeViewTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Put_ChangesOnesOwn_OfTheVersionThatWasSeen()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var client = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var saved = await client.SavedAsync(Request(cycle, p.Changan));
        var wanted = Request(cycle, p.Changan, shared: true, name: "另一个");
        await client.ChangeAsync(saved.Id, wanted, null).RefusedAsync(428, "GEN-0008");
        using var changed = await client.ChangeAsync(saved.Id, wanted, saved.Version);
        var now = (await changed.Content.ReadFromJsonAsync<SavedViewResponse>(AnalyticsFixture.Json))!;
        Assert.Equal((HttpStatusCode.OK, "另一个", true, 2L), (changed.StatusCode, now.Name, now.Shared, now.Version));
        await client.ChangeAsync(saved.Id, wanted, saved.Version).RefusedAsync(412, "GEN-0007");
        Assert.Single(await fixture.Host.AuditOfAsync(saved.Id), entry => entry.Act == "view.changed");
    }

    [Fact]
    public async Task Put_OfSomebodyElses_OrOntoAPlaceOutOfSight_IsRefused()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        var saved = await owner.SavedAsync(Request(cycle, p.Changan, shared: true));
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        await other.ChangeAsync(saved.Id, Request(cycle, p.Changan), saved.Version).RefusedAsync(404, "GEN-0006");
        await owner.ChangeAsync(saved.Id, Request(cycle, p.Zhengding), saved.Version).RefusedAsync(404, "GEN-0006");
        await owner.ChangeAsync(saved.Id, Request(cycle, p.Changan, sending: "hourly"), saved.Version).RefusedAsync(422, "GEN-0011");
    }
}
