using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

public sealed class WebAppTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Theory]
    [InlineData("/")]
    [InlineData("/reports/0193")]
    public async Task Get_PathOfTheApp_IsTheIndexPageUncached(string path)
    {
        using var browser = _host.Browser();
        var page = await browser.GetAsync(path);
        Assert.Contains("<title>app</title>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(page.Headers.CacheControl!.NoCache);
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(("DENY", "nosniff"), (page.Headers.GetValues("X-Frame-Options").Single(), page.Headers.GetValues("X-Content-Type-Options").Single()));
    }

    [Fact]
    public async Task Get_HashedFile_IsKeptForEverAndCompressed()
    {
        using var browser = _host.Browser();
        var file = await browser.GetAsync("/assets/app-1a2b.js", ("Accept-Encoding", "br"));
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("br", Assert.Single(file.Content.Headers.ContentEncoding));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/assets/none.js")).StatusCode);
    }

    [Fact]
    public async Task Get_SignInPage_KeepsItsStricterPolicyAndIsNotCompressed()
    {
        using var browser = _host.Browser();
        var first = await browser.GetAsync("/bff/sign-in");
        var second = await browser.GetAsync(first.Headers.Location!.ToString());
        var page = await browser.GetAsync(second.Headers.Location!.ToString(), ("Accept-Encoding", "br"));
        Assert.StartsWith("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Empty(page.Content.Headers.ContentEncoding);
    }
}
