using System.Diagnostics;
using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>A service that hangs, answers nonsense or dies in the middle: the caller gets a problem or a broken connection, never half an answer that looks whole.</summary>
public sealed class MisbehavingServiceTests(MisbehavingServiceTests.Fixture fixture) : IClassFixture<MisbehavingServiceTests.Fixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Theory]
    [InlineData("garbage", HttpStatusCode.BadGateway, "GW-0011")]
    [InlineData("half-a-head", HttpStatusCode.BadGateway, "GW-0011")]
    [InlineData("huge-head", HttpStatusCode.BadGateway, "GW-0011")]
    [InlineData("two-lengths", HttpStatusCode.BadGateway, "GW-0011")]
    [InlineData("nothing", HttpStatusCode.BadGateway, "GW-0011")]
    [InlineData("hang", HttpStatusCode.GatewayTimeout, "GW-0003")]
    public async Task Api_AnswerThatIsNone_IsAProblem(string how, HttpStatusCode status, string code)
    {
        using var browser = _host.Browser();
        var watch = Stopwatch.StartNew();
        var answer = await browser.SendAsync(HttpMethod.Post, $"/api/supervision/{how}", new { }, Tokens.For("supervision"));
        Assert.Equal((status, code), (answer.StatusCode, await Browser.CodeAsync(answer)));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("dies", null)]
    [InlineData("chunks-die", null)]
    [InlineData("bad-chunk", null)]
    [InlineData("hang-in-body", null)]
    [InlineData("dies", "br")]
    [InlineData("chunks-die", "gzip")]
    [InlineData("bad-chunk", "br")]
    [InlineData("hang-in-body", "br")]
    public async Task Api_DiesInTheMiddle_TheCallerSeesABrokenConnectionOrAProblem(string how, string? encoding)
    {
        var encodings = encoding is null ? "" : $"Accept-Encoding: {encoding}\r\n";
        using var client = await RawClient.ConnectAsync(_host.Address);
        var (_, token) = Tokens.For("supervision");
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET /api/supervision/{how} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n{encodings}\r\n"));
        var text = "";
        var closed = false;
        for (var (rounds, more) = (0, ""); rounds < 20 && !closed && !text.Contains("traceId", StringComparison.Ordinal); rounds++, text += more)
        {
            (more, closed, _) = await RawClient.ReadAsync(client, TimeSpan.FromSeconds(1));
        }

        if (text.Length == 0 || text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            Assert.True(closed, "The connection stays open after half an answer");
            Assert.DoesNotContain("\r\n0\r\n\r\n", text, StringComparison.Ordinal);
            return;
        }

        Assert.Matches("^HTTP/1.1 50[24] ", text);
        Assert.Contains("application/problem", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_ServiceThatSetsCookiesOrNamesItsSoftware_IsNotHeard()
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync("/api/supervision/sets-cookie", Tokens.For("supervision"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie") || answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"));
        Assert.Null(browser.SessionKey);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private readonly RawUpstream _service = new();

        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(("Services:Supervision", _service.Address), ("ReverseProxy:Routes:supervision:Timeout", "00:00:03"));

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await _service.DisposeAsync();
        }
    }
}
