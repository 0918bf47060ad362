using System.Net;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Rules;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Programmes;

public sealed class GetProgrammeVersionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_IsTheWholePackAndCacheable()
    {
        using var client = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        var address = $"/api/reporting/programmes/labor-education/versions/{TestPack.Programme.Version}";
        using var response = await client.GetAsync(address);
        var bundle = await BodyAsync(response);
        Assert.Equal(13, bundle.GetProperty("modules").GetArrayLength());
        Assert.Equal(TestPack.Programme.Indicators.Count, bundle.GetProperty("indicators").GetArrayLength());
        Assert.Equal(TestPack.Programme.Version, ProgrammeReader.FromJson(bundle.GetRawText()).Version);
        Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Get_VersionThatIsGone_IsNotFound()
    {
        using var client = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await client.GetAsync($"/api/reporting/programmes/labor-education/versions/{NewerPack.NeverPublished}");
        await RefusedAsync(response, 404, "RPT-0101");
    }

    [Fact]
    public async Task Get_OneModule_IsThatModuleWholeAndTheKindsOfAllOtherFields()
    {
        using var client = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        var address = $"/api/reporting/programmes/labor-education/versions/{TestPack.Programme.Version}";
        using var whole = await client.GetAsync(address);
        using var response = await client.GetAsync(address + "?module=curriculum");
        Assert.NotEqual(whole.Headers.ETag, response.Headers.ETag);
        var (pack, one) = (await BodyAsync(whole), await BodyAsync(response));
        Assert.True(JsonElement.DeepEquals(Module(pack, "curriculum"), Module(one, "curriculum")));
        Assert.True(JsonElement.DeepEquals(pack.GetProperty("programme"), one.GetProperty("programme")));
        Assert.Equal(KindsOf(pack), KindsOf(one));
        Assert.False(Module(one, "basic-information").GetProperty("fields")[0].TryGetProperty("name", out _));
        Assert.True(one.GetRawText().Length < pack.GetRawText().Length / 4);
    }

    [Fact]
    public async Task Get_ModuleThatIsNone_IsNotFound()
    {
        using var client = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await client.GetAsync($"/api/reporting/programmes/labor-education/versions/{TestPack.Programme.Version}?module=astronomy");
        await RefusedAsync(response, 404, "RPT-0103");
    }

    private static JsonElement Module(JsonElement pack, string key) => pack.GetProperty("modules").EnumerateArray().Single(m => m.GetProperty("key").GetString() == key);

    // What rules of one module ask of the fields of another: read the same from both.
    private static List<string> KindsOf(JsonElement pack) =>
        [.. pack.GetProperty("modules").EnumerateArray().SelectMany(m => m.GetProperty("fields").EnumerateArray()).Select(KindOf)];

    private static string KindOf(JsonElement field) => string.Join(' ', new[] { "key", "type", "per", "grades", "dataClass", "readOnly" }.Select(name => field.TryGetProperty(name, out var value) ? value.GetRawText() : ""))
        + (field.TryGetProperty("columns", out var columns) ? $"[{string.Join(',', columns.EnumerateArray().Select(KindOf))}]" : "");
}
