using System.Net.Http.Json;
using Gengdu.Analytics.Explore.Boards;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using static Gengdu.Analytics.Tests.Explanations.ReportedProvince;
using static Gengdu.Analytics.Tests.Explore.Boards.Boarding;
using static Gengdu.Analytics.Tests.Explore.SavedViews;

namespace Gengdu.Analytics.Tests.Explore.Boards;

public sealed class ListBoardsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_OnesOwnByTitle_AndNobodyElses()
    {
        var p = fixture.Province;
        var (cycle, _) = await ReportedAsync(fixture);
        using var one = await PersonAsync(fixture, Roles.CountyReviewer, p.Changan);
        using var other = await PersonAsync(fixture, Roles.ProvinceOwner, p.Root);
        await one.LaidAsync(Of("b", false, await one.SavedAsync(Request(cycle, p.Changan))));
        await one.LaidAsync(Of("a", true));
        await other.LaidAsync(Of("c", true));
        var page = (await one.GetFromJsonAsync<Page<BoardLineResponse>>(Route, AnalyticsFixture.Json))!;
        Assert.Equal([("a", true, 0), ("b", false, 1)], page.Items.Select(line => (line.Title, line.Shared, line.Tiles)));
        using var nobody = fixture.Host.CreateClient(await p.PersonAsync());
        await nobody.GetAsync(new Uri(Route, UriKind.Relative)).RefusedAsync(403, "GEN-0005");
    }
}
