using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests;

/// <summary>The routes behind /api that nobody need be signed in for, and what they do not open.</summary>
public sealed class PublicRouteTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Check_OfNobody_PassesAndOfAnybodyPassesWithoutTheirName()
    {
        using var browser = _host.Browser();
        var nobody = await Seen.ReadAsync(await browser.SendAsync(HttpMethod.Post, "/api/reporting/checks", new { code = "x" }));
        Assert.Equal((null, null, "/api/reporting/checks"), (nobody.Header("Authorization"), nobody.Header("Cookie"), nobody.Path));
        var somebody = await Seen.ReadAsync(await browser.SendAsync(HttpMethod.Post, "/api/reporting/checks", new { code = "x" }, Tokens.For("reporting"), ("Cookie", "a=b")));
        Assert.Equal((null, null), (somebody.Header("Authorization"), somebody.Header("Cookie")));
    }

    [Fact]
    public async Task OpenData_OfNobody_PassesAndOfAnybodyPassesWithoutTheirName()
    {
        using var browser = _host.Browser();
        foreach (var path in new[] { "/api/analytics/open/publications", "/api/analytics/open/publications/0198/1/figures.csv" })
        {
            var nobody = await Seen.ReadAsync(await browser.SendAsync(HttpMethod.Get, path));
            Assert.Equal((null, null, path), (nobody.Header("Authorization"), nobody.Header("Cookie"), nobody.Path));
            var somebody = await Seen.ReadAsync(await browser.SendAsync(HttpMethod.Get, path, null, Tokens.For("analytics"), ("Cookie", "a=b")));
            Assert.Equal((null, null), (somebody.Header("Authorization"), somebody.Header("Cookie")));
        }
    }

    [Theory]
    [InlineData("POST", "/api/analytics/open/publications")]
    [InlineData("DELETE", "/api/analytics/open/publications")]
    [InlineData("GET", "/api/analytics/open/../publications")]
    [InlineData("GET", "/api/analytics/publications/drafts")]
    [InlineData("GET", "/api/analytics/cycles")]
    [InlineData("GET", "/api/reporting/checks")]
    [InlineData("POST", "/api/reporting/checks/x")]
    [InlineData("POST", "/api/reporting/reports")]
    [InlineData("POST", "/api/reporting/checks/../reports")]
    public async Task Neighbours_StayClosed(string method, string path)
    {
        using var browser = _host.Browser();
        var answer = await browser.SendAsync(new(method), path, method == "GET" ? null : new { });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Check_WithAnEndlessBody_IsRefused()
    {
        using var browser = _host.Browser();
        var answer = await browser.SendAsync(HttpMethod.Post, "/api/reporting/checks", new { code = new string('7', 10_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }
}
