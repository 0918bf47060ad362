using System.Net;
using Gengdu.Organisations;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.Boards.Boarding;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore.Boards;

public sealed class RemoveBoardTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Delete_OnesOwn_AndNobodyElses_TheViewsStay()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var owner = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        var view = await owner.SavedAsync(Request(cycle, p.Changan));
        var laid = await owner.LaidAsync(Of("x", true, view));
        await other.DeleteAsync(At(laid.Id)).RefusedAsync(404, "GEN-0006");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync(At(laid.Id))).StatusCode);
        await other.GetAsync(At(laid.Id)).RefusedAsync(404, "ANA-0036");
        await owner.DeleteAsync(At(laid.Id)).RefusedAsync(404, "GEN-0006");
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(new Uri($"{Kept}/{view.Id}", UriKind.Relative))).StatusCode);
    }
}
