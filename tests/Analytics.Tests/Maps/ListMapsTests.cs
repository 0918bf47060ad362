using System.Net.Http.Json;
using Gengdu.Analytics.Maps;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Maps;

public sealed class ListMapsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly Uri Address = new("/api/analytics/maps", UriKind.Relative);

    [Fact]
    public async Task List_NewestFirst_AndWhichOneIsInForce()
    {
        var (first, second) = (await fixture.ImportedAsync(), await fixture.ImportedAsync());
        (await fixture.UseAsync(first.Number)).Dispose();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var maps = (await owner.GetFromJsonAsync<MapResponse[]>(Address, AnalyticsFixture.Json))!;

        Assert.Equal([(second.Number, false), (first.Number, true)], maps.Where(map => map.Number >= first.Number).Select(map => (map.Number, map.InForceSince is not null)));
    }

    [Fact]
    public async Task List_ByAnybodyElse_Is403()
    {
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var refused = await city.GetAsync(Address);
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }
}
