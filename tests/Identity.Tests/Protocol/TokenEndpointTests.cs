using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class TokenEndpointTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Redeem_GivesTokensOfTheAgreedShape()
    {
        using var browser = _host.Browser();
        var response = await browser.RedeemAsync(await browser.CodeAsync(), resource: "reporting");
        Assert.True(response.Headers.CacheControl!.NoStore);
        var answer = await response.JsonAsync();
        var access = new JsonWebToken(answer.GetProperty("access_token").GetString());
        Assert.Equal(("at+jwt", "PS256", "reporting"), (access.Typ, access.Alg, Assert.Single(access.Audiences)));
        Assert.Equal(["acr", "aud", "auth_time", "client_id", "exp", "iat", "iss", "jti", "scope", "sid", "sub"], access.Claims.Select(c => c.Type).Order(StringComparer.Ordinal));
        Assert.Equal(300, answer.GetProperty("expires_in").GetInt32());
        var id = new JsonWebToken(answer.GetProperty("id_token").GetString());
        Assert.Equal(("JWT", "RS256", "gateway", "n-1"), (id.Typ, id.Alg, Assert.Single(id.Audiences), id.GetClaim("nonce").Value));
        Assert.NotEqual(access.Kid, id.Kid);
    }

    [Fact]
    public async Task Redeem_FiftyAtOnce_OneSucceedsAndItsGrantIsDead()
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => browser.RedeemAsync(code)));
        var winner = Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers.Where(a => a != winner), answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        var refresh = (await winner.JsonAsync()).GetProperty("refresh_token").GetString()!;
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(refresh)));
    }

    [Fact]
    public async Task Redeem_ReplayedCode_TakesItsTokensAlong_AndLeavesOthersAlone()
    {
        using var browser = _host.Browser();
        var other = await browser.TokensAsync();
        var code = await browser.CodeAsync();
        var tokens = await (await browser.RedeemAsync(code)).JsonAsync();
        using HttpClient dead = _host.CreateClient(tokens.GetProperty("access_token").GetString()!), alive = _host.CreateClient(other.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await dead.GetAsync("/identity/userinfo")).StatusCode);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RedeemAsync(code)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await dead.GetAsync("/identity/userinfo")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await dead.GetAsync("/api/identity/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await alive.GetAsync("/identity/userinfo")).StatusCode);
        await _host.Events.WaitForAsync<Gengdu.Contracts.Identity.V1.SignInEnded>(e => e.TokenFamily is not null);
        Assert.Contains(_host.Log.Security, line => line.Contains("came twice", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("wrong-verifier-wrong-verifier-wrong-verifier-1", ProtocolHost.Callback)]
    [InlineData("short", ProtocolHost.Callback)]
    [InlineData("", ProtocolHost.Callback)]
    [InlineData(Browser.Verifier, "http://localhost:8080/bff/other")]
    [InlineData(Browser.Verifier, "")]
    public async Task Redeem_WrongVerifierOrRedirect_IsRefusedAndBurnsTheCode(string verifier, string redirectUri)
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RedeemAsync(code, verifier, redirectUri)));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RedeemAsync(code)));
    }

    [Fact]
    public async Task Redeem_ByAnotherClient_IsRefusedAndBurnsTheCode()
    {
        using var browser = _host.Browser();
        var code = await browser.CodeAsync();
        var stolen = await browser.TokenAsync("other", ProtocolHost.OtherSecret, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ProtocolHost.Callback), ("code_verifier", Browser.Verifier));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(stolen));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RedeemAsync(code)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RedeemAndRefresh_AfterPasswordChangeOrDisable_AreRefused(bool disable)
    {
        var name = $"leaver-{disable}";
        var person = await _host.PersonAsync("reporter", "130102", name, "a good password");
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync(name, "a good password");
        var code = await browser.CodeAsync(name, "a good password");
        await _host.InDatabaseAsync(async db =>
        {
            var leaver = await db.People.FindAsync(person);
            if (disable)
            {
                leaver!.Disable(_host.Clock.GetUtcNow());
            }
            else
            {
                leaver!.SetPassword("another hash");
            }

            await db.SaveChangesAsync();
        });
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RedeemAsync(code)));
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)));
    }

    [Fact]
    public async Task Client_WrongSecretUnknownBothWaysOrInTheAddress_IsRefused()
    {
        using var browser = _host.Browser();
        string[] bodies = [await BodyAsync("gateway", "wrong"), await BodyAsync("unknown", "wrong")];
        Assert.Equal(bodies[0], bodies[1]);
        Assert.All((string[])["gateway", "unknown"], name =>
            Assert.Contains(_host.Log.Security, line => line.StartsWith($"Client {name} did not prove itself at /identity/token", StringComparison.Ordinal)));
        var twice = await browser.TokenAsync("gateway", ProtocolHost.Secret, ("grant_type", "refresh_token"), ("client_id", "gateway"), ("client_secret", ProtocolHost.Secret));
        Assert.Equal("invalid_request", await Browser.ErrorAsync(twice));
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await browser.PostAsync($"/identity/token?client_secret={ProtocolHost.Secret}", ("client_id", "gateway"))));
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await browser.PostAsync("/identity/token", ("client_id", "gateway"), ("client_id", "gateway"))));
        Assert.Equal("unsupported_grant_type", await Browser.ErrorAsync(await browser.TokenAsync("gateway", ProtocolHost.Secret, ("grant_type", "password"))));

        async Task<string> BodyAsync(string id, string secret)
        {
            var answer = await browser.TokenAsync(id, secret, ("grant_type", "refresh_token"), ("refresh_token", "x"));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Redeem_UnknownResource_IsRefused()
    {
        using var browser = _host.Browser();
        Assert.Equal("invalid_target", await Browser.ErrorAsync(await browser.RedeemAsync(await browser.CodeAsync(), resource: "gateway")));
    }
}
