using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Gengdu.Analytics.Maps;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Maps;

/// <summary>Files as a province's administrator may have them: the four counties of the test province as squares side by side, and what can be wrong with one.</summary>
internal static class MapScene
{
    public static readonly string[] Codes = ["130102", "130123", "130606", "130682"];

    public const string Facts = "title=%E5%9C%B0%E5%9B%BE&approvalNumber=GS(2024)0650%E5%8F%B7&source=%E5%A4%A9%E5%9C%B0%E5%9B%BE";

    public static string File(params string[] features) => $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}""";

    /// <summary>All counties, with one of them replaced.</summary>
    public static string With(int at, string feature) => File([.. Codes.Select((code, i) => i == at ? feature : Square(code, i))]);

    public static string All => File([.. Codes.Select((code, i) => Square(code, i))]);

    public static string Square(string code, int at) => Polygon(code, Ring(114 + at, 38, 1));

    public static string Polygon(string code, params string[] rings) =>
        $$$"""{"type":"Feature","properties":{"adcode":{{{code}}}},"geometry":{"type":"Polygon","coordinates":[{{{string.Join(',', rings)}}}]}}""";

    public static string Ring(double west, double south, double size) => Ring((west, south), (west + size, south), (west + size, south + size), (west, south + size), (west, south));

    public static string Ring(params (double X, double Y)[] points) =>
        $"[{string.Join(',', points.Select(at => string.Create(CultureInfo.InvariantCulture, $"[{at.X},{at.Y}]")))}]";

    public static StringContent Body(string file) => new(file, Encoding.UTF8, new MediaTypeHeaderValue("application/geo+json"));

    public static async Task<HttpResponseMessage> SendAsync(this AnalyticsFixture fixture, HttpContent body, string facts = Facts, string role = Roles.Administrator)
    {
        using var client = await fixture.ClientAsync(role, fixture.Province.Root);
        return await client.PostAsync(new Uri($"/api/analytics/maps?{facts}", UriKind.Relative), body);
    }

    public static async Task<MapResponse> ImportedAsync(this AnalyticsFixture fixture)
    {
        using var body = Body(All);
        using var response = await fixture.SendAsync(body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<MapResponse>(AnalyticsFixture.Json))!;
    }

    public static async Task<HttpResponseMessage> UseAsync(this AnalyticsFixture fixture, int? number)
    {
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        return await client.PutAsJsonAsync("/api/analytics/maps/in-force", new { number });
    }
}
