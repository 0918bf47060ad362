using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Maps;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Analytics.Tests.Maps;

public sealed class UseMapTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Use_ThenBackToTheCartogram_IsSaidToEverybody_AndEachTurnIsKept()
    {
        var map = await fixture.ImportedAsync();
        var before = await fixture.Host.InDatabaseAsync(db => db.MapUses.CountAsync());

        using var used = await fixture.UseAsync(map.Number);
        Assert.Equal((HttpStatusCode.OK, map.Number), (used.StatusCode, (await used.Content.ReadFromJsonAsync<MapInForceResponse>(AnalyticsFixture.Json))!.Number));
        // Paper has it too, each county with its outline.
        var printed = await PrintedAsync();
        Assert.Equal(("GS(2024)0650号", "天地图"), (printed!.ApprovalNumber, printed.Source));
        Assert.Equal(MapScene.Codes, printed.Outlines.Select(outline => outline.Code));
        Assert.All(printed.Outlines, outline => Assert.Equal(5, Assert.Single(outline.Rings).Count));
        using var again = await fixture.UseAsync(map.Number);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var back = await fixture.UseAsync(null);
        Assert.Null((await back.Content.ReadFromJsonAsync<MapInForceResponse>(AnalyticsFixture.Json))!.Number);
        Assert.Null(await PrintedAsync());

        Assert.Equal(2, await fixture.Host.InDatabaseAsync(db => db.MapUses.CountAsync()) - before);
        var acts = (await fixture.Host.AuditAsync()).Where(one => one.Act is "map.used" or "map.put-aside").Select(one => one.Act).ToList();
        Assert.Equal(["map.put-aside", "map.used"], acts.Order());
    }

    private async Task<PrintedMap?> PrintedAsync()
    {
        await using var connection = await fixture.Host.Services.GetRequiredService<Database>().System.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await PrintedMap.ReadAsync(connection, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Use_OneThereIsNot_Is404_AndByAnybodyElse_403()
    {
        using var unknown = await fixture.UseAsync(999_999);
        await AnalyticsFixture.RefusedAsync(unknown, 404, "ANA-0060");
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var refused = await city.PutAsJsonAsync("/api/analytics/maps/in-force", new { number = (int?)null });
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }
}
