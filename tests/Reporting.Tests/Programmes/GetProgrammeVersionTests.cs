using System.Net;
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
        using var response = await client.GetAsync("/api/reporting/programmes/labor-education/versions/1999.1");
        await RefusedAsync(response, 404, "RPT-0101");
    }
}
