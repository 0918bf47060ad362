using System.Net.Sockets;
using System.Text;
using Gengdu.Organisations;

namespace Gengdu.Reporting.Tests;

/// <summary>
/// Over a real socket: the limit on a request's size is Kestrel's. By hand, because a client that is still sending when the
/// refusal comes may see only a broken connection.
/// </summary>
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
        var address = client.BaseAddress!;
        var head = string.Join("\r\n",
            $"PATCH /api/reporting/module-reports/{Guid.CreateVersion7(_host.Clock.GetUtcNow())}/values HTTP/1.1",
            $"Host: {address.Authority}",
            $"Authorization: {client.DefaultRequestHeaders.Authorization}",
            "Content-Type: application/json",
            "Content-Length: 10485760",
            "If-Match: \"v1\"",
            "Connection: close",
            "", "{");
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port);
        await using var stream = connection.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("GEN-0003", answer, StringComparison.Ordinal);
    }
}
