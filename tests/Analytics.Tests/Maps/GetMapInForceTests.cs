using System.Net.Http.Json;
using Gengdu.Analytics.Maps;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Maps;

public sealed class GetMapInForceTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly Uri Address = new("/api/analytics/maps/in-force", UriKind.Relative);

    [Fact]
    public async Task InForce_FirstTheCartogram_ThenTheMapWithItsApproval()
    {
        using var school = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        Assert.Equal(new MapInForceResponse(null, null, null, null), await school.GetFromJsonAsync<MapInForceResponse>(Address, AnalyticsFixture.Json));

        var map = await fixture.ImportedAsync();
        (await fixture.UseAsync(map.Number)).Dispose();
        Assert.Equal(new MapInForceResponse(map.Number, "地图", "GS(2024)0650号", "天地图"), await school.GetFromJsonAsync<MapInForceResponse>(Address, AnalyticsFixture.Json));
    }

    [Fact]
    public async Task InForce_WithoutAnyRight_Is403()
    {
        using var nobody = fixture.Host.CreateClient(AnalyticsFixture.NewId());
        using var refused = await nobody.GetAsync(Address);
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }
}
