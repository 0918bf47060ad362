using System.Net;
using Gengdu.Gateway.Tests.Running;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Gateway.Tests;

/// <summary>The gateway as a client: with its own key and pushed requests, or with a secret where the provider knows nothing better.</summary>
public sealed class ProviderTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task SignIn_WithOwnKey_PushesItsRequest_SoTheBrowserCarriesNothingToBend()
    {
        using var browser = fixture.Host.Browser();
        var address = new Uri((await browser.GetAsync("/bff/sign-in")).Headers.Location!.ToString());
        var parameters = QueryHelpers.ParseQuery(address.Query);
        Assert.Equal(["client_id", "request_uri"], parameters.Keys.Order());
        Assert.StartsWith("urn:ietf:params:oauth:request_uri:", parameters["request_uri"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_WithASecret_WorksToo()
    {
        await using var host = await GatewayHost.StartAsync(("Identity:GatewayClientSecret", "a secret of both that is long enough"));
        using var browser = host.Browser();
        await browser.SignInAsync();
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/reporting/x")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(HttpMethod.Post, "/bff/sign-out", null, ("X-Gengdu-Request", "1"))).StatusCode);
    }

    [Fact]
    public async Task SignIn_ProviderDoesNotTakeThePushedRequest_SaysTryAgain()
    {
        await using var host = await GatewayHost.StartAsync(("Identity:GatewayClientId", "nobody"));
        using var browser = host.Browser();
        var answer = await browser.GetAsync("/bff/sign-in");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "GW-0001"), (answer.StatusCode, await Browser.CodeAsync(answer)));
    }
}
