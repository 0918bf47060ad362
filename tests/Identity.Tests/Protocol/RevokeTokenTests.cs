using System.Net;
using System.Text.Json;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class RevokeTokenTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Revoke_OwnToken_KillsTheFamily_ForeignTokenLives()
    {
        using var browser = _host.Browser();
        var token = Refresh(await browser.TokensAsync());
        Assert.True((await browser.PostAsync("/identity/revoke", ("client_id", "other"), ("client_secret", ProtocolHost.OtherSecret), ("token", token))).IsSuccessStatusCode);
        token = Refresh(await (await browser.RefreshAsync(token)).JsonAsync());
        Assert.True((await browser.PostAsync("/identity/revoke", ("client_id", "gateway"), ("client_secret", ProtocolHost.Secret), ("token", token))).IsSuccessStatusCode);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(token)));
    }

    [Fact]
    public async Task Revoke_UnknownTokenIsFine_WithoutAClientIsNot()
    {
        using var browser = _host.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/identity/revoke", ("client_id", "gateway"), ("client_secret", ProtocolHost.Secret), ("token", "unknown"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/identity/revoke", ("client_id", "gateway"), ("token", "unknown"))).StatusCode);
    }

    [Fact]
    public async Task Revoke_AccessToken_OwnDiesAtIdentity_ForeignLives()
    {
        using var browser = _host.Browser();
        var token = (await browser.TokensAsync()).GetProperty("access_token").GetString()!;
        using var client = _host.CreateClient(token);
        Assert.True((await browser.PostAsync("/identity/revoke", ("client_id", "other"), ("client_secret", ProtocolHost.OtherSecret), ("token", token))).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/identity/userinfo")).StatusCode);
        Assert.True((await browser.PostAsync("/identity/revoke", ("client_id", "gateway"), ("client_secret", ProtocolHost.Secret), ("token", token), ("token_type_hint", "refresh_token"))).IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/identity/userinfo")).StatusCode);
    }

    [Fact]
    public async Task Revoke_ByGetOrAsJson_IsRefused()
    {
        using var client = _host.CreateClient();
        var get = await client.GetAsync("/identity/revoke?token=x");
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (get.StatusCode, get.Content.Headers.Allow.Single()));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("/identity/revoke", new { token = "x" })).StatusCode);
    }

    private static string Refresh(JsonElement tokens) => tokens.GetProperty("refresh_token").GetString()!;
}
