using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>Requests that could be read in two ways, and headers that are nobody's business behind the gateway.</summary>
public sealed class HeaderTests(HeaderTests.Fixture fixture) : IClassFixture<HeaderTests.Fixture>
{
    private const string Smuggled = "GET /api/supervision/smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static readonly string Token = $"Authorization: {Tokens.For("supervision").Item2}\r\n";
    private readonly GatewayHost _host = fixture.Host;

    public static TheoryData<string> Ambiguous() =>
    [
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding:\u000bchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding\t: chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "X: x\n Transfer-Encoding: chunked\r\n",
        "X: x\r\n Transfer-Encoding: chunked\r\n",
        "X: x\rTransfer-Encoding: chunked\r\n",
        "Content-Length: 4\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4, 4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length: 4 4\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Host: evil.test\r\n",
        "X\0Y: x\r\n",
        "X: a\0b\r\n",
        "X(Y): x\r\n",
        ": x\r\n",
        "no colon\r\n",
        "Authorization: Bearer a.b.c\r\n",
        "Content-Type: application/json\r\nContent-Type: text/plain\r\n",
        "If-Match: \"1\"\r\nIf-Match: \"2\"\r\n",
        "Idempotency-Key: a\r\nIdempotency-Key: b\r\n",
        "X-Gengdu-Request: 1\r\nX-Gengdu-Request: 1\r\n",
        "Connection: Authorization\r\n",
        "Connection: Cookie\r\nCookie: a=b\r\n",
        "Connection: X-Gengdu-Request\r\nX-Gengdu-Request: 1\r\n",
        "Connection: Host\r\n",
    ];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task Request_ThatCanBeReadInTwoWays_IsRefusedAndNothingOfItArrives(string headers)
    {
        fixture.Service.Seen.Clear();
        var answer = await RawClient.SendAsync(_host.Address, $"POST /api/supervision/x HTTP/1.1\r\nHost: localhost\r\n{Token}{headers}\r\n0\r\n\r\n{Smuggled}");
        Assert.Matches("^HTTP/1.1 (400|413|501) ", answer);
        Assert.Empty(fixture.Service.Seen);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("TRACK")]
    public async Task Request_MethodForProxies_IsRefused(string method)
    {
        var answer = await RawClient.SendAsync(_host.Address, $"{method} {(method == "CONNECT" ? "localhost:80" : "/api/supervision/x")} HTTP/1.1\r\nHost: localhost\r\n{Token}\r\n");
        Assert.Matches("^HTTP/1.1 4", answer);
    }

    [Theory]
    [InlineData("GET http://evil.test/api/supervision/x HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /api/supervision/x HTTP/1.1")]
    [InlineData("GET /api/supervision/x HTTP/1.1\r\nHost: a b")]
    [InlineData("GET /api/supervision/x HTTP/1.1\r\nHost: a@b")]
    [InlineData("GET api/supervision/x HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /api/supervision/\0 HTTP/1.1\r\nHost: localhost")]
    [InlineData("GET /api/supervision/x HTTP/9.9\r\nHost: localhost")]
    public async Task Request_LineOrHostOutOfShape_IsRefused(string head) =>
        Assert.Matches("^HTTP/1.1 (400|505) ", await RawClient.SendAsync(_host.Address, $"{head}\r\n{Token}\r\n"));

    [Fact]
    public async Task Request_TooMuchHead_IsRefused()
    {
        const string Get = "GET /api/supervision/x HTTP/1.1\r\nHost: localhost\r\n";
        Assert.StartsWith("HTTP/1.1 431 ", await RawClient.SendAsync(_host.Address, $"{Get}X: {new string('x', 17_000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await RawClient.SendAsync(_host.Address, $"{Get}{string.Concat(Enumerable.Range(0, 70).Select(i => $"X{i}: x\r\n"))}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await RawClient.SendAsync(_host.Address, $"GET /{new string('x', 9_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_HeadersOfProxiesAndOfThisConnection_GoNoFurther()
    {
        var answer = await RawClient.SendAsync(_host.Address, $"""
            GET /api/reporting/x HTTP/1.1
            Host: localhost
            Authorization: {Tokens.For("reporting").Item2}
            Connection: X-Secret
            X-Secret: s
            X-Forwarded-For: 6.6.6.6
            X-Forwarded-User: root
            X_Forwarded_For: 6.6.6.6
            X-Real-IP: 6.6.6.6
            Forwarded: for=6.6.6.6
            X-Original-URL: /api/identity/people
            X-HTTP-Method: DELETE
            TE: trailers
            Upgrade: websocket
            HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA
            Proxy: http://evil.test
            Baggage: user=root
            Keep-Alive: timeout=1000


            """.ReplaceLineEndings("\r\n"));
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        foreach (var gone in (string[])["6.6.6.6", "x-secret", "forwarded-user", "x-original-url", "x-http-method", "upgrade", "http2-settings", "\"proxy\"", "baggage", "keep-alive", "\"te\""])
        {
            Assert.DoesNotContain(gone, answer, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Every_Answer_CarriesThePolicies()
    {
        using var browser = _host.Browser();
        foreach (var path in (string[])["/", "/bff/session", "/api/reporting/x", "/none.js", "/health/live"])
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal(("nosniff", "DENY", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Cross-Origin-Opener-Policy")));
            Assert.Contains("geolocation=(self)", Header("Permissions-Policy"), StringComparison.Ordinal);
            var policy = Header("Content-Security-Policy");
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy, StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
            Assert.True(!path.StartsWith("/api/", StringComparison.Ordinal) || answer.Headers.CacheControl is { Private: true, NoStore: true });

            string Header(string name) => answer.Headers.GetValues(name).Single();
        }
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal RawUpstream Service { get; } = new();

        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(("Services:Supervision", Service.Address));

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Service.DisposeAsync();
        }
    }
}
