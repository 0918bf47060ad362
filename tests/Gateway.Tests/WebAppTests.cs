using System.Net;
using System.Security.Cryptography;
using System.Text;
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
        Assert.Contains($"script-src 'self' 'sha256-{HashOf("early()")}';", policy, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("gzip, br", "br", "squeezed")]
    [InlineData("identity", "", "p{}")]
    [InlineData("brx", "", "p{}")]
    [InlineData("br;q=0", "", "p{}")]
    public async Task Get_FileTheBuildSqueezed_IsSentSoToWhoTakesIt(string accepts, string encoding, string body)
    {
        using var browser = _host.Browser();
        var file = await browser.GetAsync("/assets/small-3c4d.css", ("Accept-Encoding", accepts));
        Assert.Equal(body, await file.Content.ReadAsStringAsync());
        Assert.Equal(encoding, string.Join(",", file.Content.Headers.ContentEncoding));
        Assert.Equal("text/css", file.Content.Headers.ContentType!.MediaType);
        Assert.Contains("immutable", file.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Accept-Encoding", file.Headers.Vary);
    }

    [Fact]
    public async Task Get_Icon_IsKeptForADay()
    {
        using var browser = _host.Browser();
        var icon = await browser.GetAsync("/sprout.svg");
        Assert.Equal(TimeSpan.FromDays(1), icon.Headers.CacheControl!.MaxAge);
    }

    [Fact]
    public async Task Get_IndexPage_IsSqueezedForWhoTakesItAndUncachedAllTheSame()
    {
        using var browser = _host.Browser();
        var page = await browser.GetAsync("/fill/0193", ("Accept-Encoding", "gzip, deflate, br, zstd"));
        Assert.Equal("squeezed page", await page.Content.ReadAsStringAsync());
        Assert.Equal(("text/html", "br"), (page.Content.Headers.ContentType!.MediaType, Assert.Single(page.Content.Headers.ContentEncoding)));
        Assert.True(page.Headers.CacheControl!.NoCache);
    }

    [Theory]
    [InlineData("/api/reporting/reports")]
    [InlineData("/api/nothing/here")]
    public async Task Get_Data_AllowsNoScriptAtAll(string path)
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync(path);
        Assert.DoesNotContain("script-src", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static string HashOf(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

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
