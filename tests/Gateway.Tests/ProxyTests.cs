using System.Net;
using System.Net.Http.Headers;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

public sealed class ProxyTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Api_Bearer_PassesThroughWithoutCookies()
    {
        using var browser = _host.Browser();
        var token = Tokens.For("reporting");
        var seen = await Seen.ReadAsync(await browser.SendAsync(HttpMethod.Post, "/api/reporting/x?y=1", new { }, token, ("Cookie", "a=b")));
        Assert.Equal((token.Item2, null, "/api/reporting/x"), (seen.Header("Authorization"), seen.Header("Cookie"), seen.Path));
    }

    [Fact]
    public async Task Api_WithoutAnything_IsAskedToSignInBeforeItCostsAPlace()
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync("/api/reporting/x");
        Assert.Equal((HttpStatusCode.Unauthorized, "GEN-0004"), (answer.StatusCode, await Browser.CodeAsync(answer)));
    }

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("Bearer a.b.")]
    [InlineData("Bearer a.b.c.d")]
    [InlineData("Bearer a b.c.d")]
    [InlineData("Basic YTpi")]
    public async Task Api_MalformedAuthorization_IsRefusedHere(string header)
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync("/api/reporting/x", ("Authorization", header));
        Assert.Equal((HttpStatusCode.Unauthorized, "GW-0006"), (answer.StatusCode, await Browser.CodeAsync(answer)));
    }

    [Fact]
    public async Task Api_ForwardingHeadersOfTheCaller_AreNotBelieved()
    {
        using var browser = _host.Browser();
        var seen = await Seen.ReadAsync(await browser.GetAsync(
            "/api/reporting/x", Tokens.For("reporting"), ("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-Host", "evil.test"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=6.6.6.6"), ("X-HTTP-Method-Override", "DELETE")));
        Assert.DoesNotContain("6.6.6.6", seen.Header("X-Forwarded-For"), StringComparison.Ordinal);
        Assert.Equal((browser.Root.Authority, "http", null, null), (seen.Header("X-Forwarded-Host"), seen.Header("X-Forwarded-Proto"), seen.Header("Forwarded"), seen.Header("X-HTTP-Method-Override")));
    }

    [Fact]
    public async Task Api_ServiceDown_SaysSoInBothLanguagesAndWhenToReturn()
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync("/api/supervision/x", Tokens.For("supervision"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.NotNull(answer.Headers.RetryAfter);
        var problem = await Browser.JsonAsync(answer);
        Assert.Equal("GW-0001", problem.GetProperty("code").GetString());
        Assert.StartsWith("Try again", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("请几秒后重试", problem.GetProperty("messages").GetProperty("zh").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_ServiceTooSlow_IsGivenUp()
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync("/api/analytics/rebuilds?slow", Tokens.For("analytics"));
        Assert.Equal((HttpStatusCode.GatewayTimeout, "GW-0003"), (answer.StatusCode, await Browser.CodeAsync(answer)));
    }

    [Fact]
    public async Task Api_BodyTooLarge_IsRefused()
    {
        using var browser = _host.Browser();
        using var body = new ByteArrayContent(new byte[1024 * 1024 + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await browser.SendAsync(HttpMethod.Post, "/api/reporting/x", body, Tokens.For("reporting"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "GEN-0003"), (answer.StatusCode, await Browser.CodeAsync(answer)));
    }

    [Theory]
    [InlineData("/api/unknown/x")]
    [InlineData("/api")]
    [InlineData("/bff/unknown")]
    public async Task Api_UnknownPath_IsAProblemAndNotThePage(string path)
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync(path);
        Assert.Equal((HttpStatusCode.NotFound, "GEN-0006"), (answer.StatusCode, await Browser.CodeAsync(answer)));
    }
}
