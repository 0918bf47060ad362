using System.Text;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>Callers that send slowly, or not at all, hold no place for long.</summary>
public sealed class SlowClientTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Headers_ThatNeverEnd_AreCutOff()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        var sending = DripAsync("GET / HTTP/1.1\r\nHost: localhost\r\nX: ", client);
        var (text, closed, after) = await RawClient.ReadAsync(client, TimeSpan.FromSeconds(25));
        Assert.True(closed && (text.Length == 0 || text.StartsWith("HTTP/1.1 408 ", StringComparison.Ordinal)), text);
        Assert.InRange(after, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
        await sending;
    }

    [Fact]
    public async Task Body_ThatDrips_IsCutOffBeforeTheRequestIsDue()
    {
        using var client = await RawClient.ConnectAsync(_host.Address);
        var (_, token) = Tokens.For("reporting");
        var sending = DripAsync($"POST /api/reporting/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n", client);
        var (text, _, after) = await RawClient.ReadAsync(client, TimeSpan.FromSeconds(25));
        Assert.DoesNotContain(" 200 ", text, StringComparison.Ordinal);
        Assert.InRange(after, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(12));
        client.Close();
        await sending;
    }

    [Fact]
    public async Task Callers_WhoHangUpInTheMiddle_LeaveRoomForTheNext()
    {
        var (_, token) = Tokens.For("reporting");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            using var client = await RawClient.ConnectAsync(_host.Address);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /api/reporting/x?slow HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\nContent-Length: 1000\r\n\r\n{{"));
            client.LingerState = new(true, 0);
        }));
        using var browser = _host.Browser();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Seen.ReadAsync(await browser.GetAsync("/api/reporting/x", Tokens.For("reporting", "next")));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static async Task DripAsync(string first, System.Net.Sockets.TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(first));
            for (var i = 0; i < 60; i++)
            {
                await Task.Delay(500);
                await client.GetStream().WriteAsync("x"u8.ToArray());
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut off, as it should be.
        }
    }
}
