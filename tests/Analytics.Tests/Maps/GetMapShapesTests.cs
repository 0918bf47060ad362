using System.Net;
using System.Text.Json;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Maps;

public sealed class GetMapShapesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Shapes_InForce_AreForEverybody_AndAskedForOnce()
    {
        var map = await fixture.ImportedAsync();
        (await fixture.UseAsync(map.Number)).Dispose();
        using var school = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var shapes = await school.GetAsync(Address(map.Number));

        using var document = JsonDocument.Parse(await shapes.Content.ReadAsStringAsync());
        Assert.Equal(MapScene.Codes, document.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("id").GetString()!));
        Assert.Equal(("application/geo+json", TimeSpan.FromDays(1)), (shapes.Content.Headers.ContentType!.MediaType, shapes.Headers.CacheControl!.MaxAge));
        school.DefaultRequestHeaders.IfNoneMatch.Add(shapes.Headers.ETag!);
        using var again = await school.GetAsync(Address(map.Number));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Shapes_NotInForce_AreForThoseWhoDecide_AndElse404()
    {
        var map = await fixture.ImportedAsync();
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        using var shown = await administrator.GetAsync(Address(map.Number));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var hidden = await city.GetAsync(Address(map.Number));
        await AnalyticsFixture.RefusedAsync(hidden, 404, "ANA-0060");
        using var none = await administrator.GetAsync(Address(999_999));
        await AnalyticsFixture.RefusedAsync(none, 404, "ANA-0060");
        using var nobody = fixture.Host.CreateClient(AnalyticsFixture.NewId());
        using var refused = await nobody.GetAsync(Address(map.Number));
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }

    private static Uri Address(int number) => new($"/api/analytics/maps/{number}/shapes", UriKind.Relative);
}
