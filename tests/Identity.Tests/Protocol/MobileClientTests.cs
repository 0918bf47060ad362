using System.Net;
using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>A public client: no secret, PKCE, and a refresh token that must never be seen twice.</summary>
public sealed class MobileClientTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task CodeAndRefresh_WorkWithoutASecret_ForItsOwnServicesOnly()
    {
        using var browser = _host.Browser();
        var tokens = await TokensAsync(browser);
        Assert.Equal("reporting", Assert.Single(new JsonWebToken(Access(tokens)).Audiences));
        Assert.Equal("invalid_target", await Browser.ErrorAsync(await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(tokens)), ("resource", "analytics"))));
        var next = await (await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(tokens)), ("resource", "identity"))).JsonAsync();
        Assert.Equal("identity", Assert.Single(new JsonWebToken(Access(next)).Audiences));
        Assert.NotEqual(Refresh(tokens), Refresh(next));
    }

    [Fact]
    public async Task Code_WithoutVerifier_OrWithASecret_IsRefused()
    {
        using var browser = _host.Browser();
        var code = await CodeAsync(browser);
        Assert.Equal("invalid_client", await Browser.ErrorAsync(await FormAsync(browser, ("client_secret", "guess"), ("grant_type", "authorization_code"), ("code", code))));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await FormAsync(browser, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ProtocolHost.MobileCallback))));
    }

    /// <summary>Nobody proves who repeats it, so there is no grace: everything of the family is dead, everywhere, and the log says so.</summary>
    [Fact]
    public async Task Refresh_UsedTwice_KillsTheFamilyAtOnce()
    {
        using var browser = _host.Browser();
        var first = await TokensAsync(browser);
        var second = await (await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(first)), ("resource", "identity"))).JsonAsync();
        using var client = _host.CreateClient(Access(second));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/identity/userinfo")).StatusCode);

        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(first)))));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(second)))));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/identity/userinfo")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/identity/me")).StatusCode);
        var token = new JsonWebToken(Access(second));
        var told = await _host.Events.WaitForAsync<SignInEnded>(e => e.TokenFamily is not null && token.Id.StartsWith(e.TokenFamily + ".", StringComparison.Ordinal));
        Assert.Equal(token.GetClaim("sid").Value, told.SessionId);
        Assert.Contains(_host.Log.Security, line => line.Contains("refresh token of client mobile", StringComparison.Ordinal) && line.Contains("revoked", StringComparison.Ordinal));
        // The person is still signed in with the browser, and gets a new family.
        Assert.True((await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(await TokensAsync(browser))))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Refresh_TwentyAtOnce_GiveAtMostOne_AndTheFamilyIsDead()
    {
        using var browser = _host.Browser();
        var token = Refresh(await TokensAsync(browser));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", token))));
        var winners = answers.Where(answer => answer.IsSuccessStatusCode).ToList();
        Assert.True(winners.Count <= 1);
        foreach (var winner in winners)
        {
            Assert.Equal("invalid_grant", await Browser.ErrorAsync(await FormAsync(browser, ("grant_type", "refresh_token"), ("refresh_token", Refresh(await winner.JsonAsync())))));
        }
    }

    private static string Refresh(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;

    private static string Access(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    private static Task<string> CodeAsync(Browser browser) => browser.CodeAsync(changes: [("client_id", "mobile"), ("redirect_uri", ProtocolHost.MobileCallback)]);

    private static Task<HttpResponseMessage> FormAsync(Browser browser, params (string Name, string Value)[] form) => browser.PostAsync("/identity/token", [("client_id", "mobile"), .. form]);

    private static async Task<JsonElement> TokensAsync(Browser browser)
    {
        var response = await FormAsync(browser, ("grant_type", "authorization_code"), ("code", await CodeAsync(browser)), ("redirect_uri", ProtocolHost.MobileCallback), ("code_verifier", Browser.Verifier));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.JsonAsync();
    }
}
