using System.Net;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

public sealed class RemoveViewTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Delete_OnesOwn_AndNobodyElses()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var saved = await owner.SavedAsync(Request(cycle, p.Changan, shared: true));
        var address = new Uri($"{Kept}/{saved.Id}", UriKind.Relative);
        await other.DeleteAsync(address).RefusedAsync(404, "GEN-0006");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync(address)).StatusCode);
        Assert.Contains(await fixture.Host.AuditOfAsync(saved.Id), entry => entry.Act == "view.removed");
        await other.GetAsync(address).RefusedAsync(404, "ANA-0034");
        await owner.DeleteAsync(address).RefusedAsync(404, "GEN-0006");
    }
}
