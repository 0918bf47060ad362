using System.Net.Http.Json;
using Gengdu.Analytics.Explore;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore;

public sealed class ListViewsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_OnesOwnByName_AndNobodyElses()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var one = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        await one.SavedAsync(Request(cycle, p.Changan, name: "b"));
        await one.SavedAsync(Request(cycle, p.Changan, name: "a"));
        await other.SavedAsync(Request(cycle, p.Changan, shared: true, name: "c"));
        var page = (await one.GetFromJsonAsync<Page<SavedViewResponse>>(Kept, AnalyticsFixture.Json))!;
        Assert.Equal(["a", "b"], page.Items.Select(view => view.Name));
        Assert.Equal(2, page.Total);
        using var nobody = fixture.Host.CreateClient(await p.PersonAsync());
        await nobody.GetAsync(new Uri(Kept, UriKind.Relative)).RefusedAsync(403, "GEN-0005");
    }
}
