using System.Net.Http.Headers;
using System.Text;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests;

/// <summary>Over a real socket: the limit on a request's size is Kestrel's.</summary>
public sealed class BodyLimitTests : IAsyncLifetime
{
    private readonly ReportingHost _host = new();

    public async ValueTask InitializeAsync()
    {
        _host.UseKestrel(0);
        await _host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Patch_TenMegabytes_Returns413()
    {
        using var client = _host.CreateClient(await _host.Province.PersonAsync(Roles.Reporter, _host.Province.ChanganPrimary));
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/reporting/module-reports/{Guid.CreateVersion7(_host.Clock.GetUtcNow())}/values")
        {
            Content = new StringContent($$"""{"changes":[{"at":"principal_name","value":"{{new string('a', 10 * 1024 * 1024)}}"}]}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        using var response = await client.SendAsync(request);
        await RefusedAsync(response, 413, "GEN-0003");
    }
}
