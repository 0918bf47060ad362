using System.Net;
using System.Text.Json;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Tests.Protocol.SignOut;

public sealed class LogoutSenderTests(LogoutFixture fixture) : IClassFixture<LogoutFixture>
{
    private readonly LogoutHost _host = fixture.Host;

    [Fact]
    public async Task SignOut_TellsTheClientThatTookPart_AndNoOther_WithinASecond()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await SignInAsync(browser);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await SignOutAsync(browser, tokens);
        var notice = Assert.Single(await _host.Gateway.WaitForAsync(Of(sid), 1));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        await _host.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 250 && await db.LogoutNotices.AnyAsync(n => n.SessionId == sid); i++)
            {
                await Task.Delay(20);
            }

            Assert.False(await db.LogoutNotices.AnyAsync(n => n.SessionId == sid));
        });
        Assert.DoesNotContain(_host.Other.Received, r => Of(sid)(r.Token));
        Assert.All(_host.Gateway.Received, r => Assert.StartsWith("application/x-www-form-urlencoded", r.ContentType, StringComparison.Ordinal));
        await AssertIsANoticeAsync(notice, "gateway", sid);
    }

    [Fact]
    public async Task SignOut_OfASessionWithTwoClients_TellsBoth()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await SignInAsync(browser);
        var code = await browser.CodeAsync(changes: [("client_id", "other"), ("redirect_uri", ProtocolHost.OtherCallback)]);
        (await browser.TokenAsync("other", ProtocolHost.OtherSecret, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ProtocolHost.OtherCallback), ("code_verifier", Browser.Verifier))).EnsureSuccessStatusCode();
        await SignOutAsync(browser, tokens);
        await AssertIsANoticeAsync((await _host.Gateway.WaitForAsync(Of(sid), 1))[0], "gateway", sid);
        await AssertIsANoticeAsync((await _host.Other.WaitForAsync(Of(sid), 1))[0], "other", sid);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Found)]
    public async Task Notice_RefusedAtFirst_ComesAgainAsANewToken(HttpStatusCode refusal)
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await SignInAsync(browser);
        _host.Gateway.Answer = refusal;
        try
        {
            await SignOutAsync(browser, tokens);
            await _host.Gateway.WaitForAsync(Of(sid), 1);
            await AttemptedAsync(sid);
        }
        finally
        {
            _host.Gateway.Answer = HttpStatusCode.OK;
        }

        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        var both = await _host.Gateway.WaitForAsync(Of(sid), 2);
        Assert.NotEqual(new JsonWebToken(both[0]).Id, new JsonWebToken(both[1]).Id);
        await AssertIsANoticeAsync(both[1], "gateway", sid);
    }

    [Fact]
    public async Task Notice_NeverTaken_IsGivenUpAfterTenMinutes()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await SignInAsync(browser);
        _host.Gateway.Answer = HttpStatusCode.ServiceUnavailable;
        try
        {
            await SignOutAsync(browser, tokens);
            await AttemptedAsync(sid);
            for (var minute = 0; minute < 30 && await _host.InDatabaseAsync(db => db.LogoutNotices.AnyAsync(n => n.SessionId == sid)); minute++)
            {
                _host.Clock.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(150);
            }

            Assert.False(await _host.InDatabaseAsync(db => db.LogoutNotices.AnyAsync(n => n.SessionId == sid)));
            Assert.InRange(_host.Gateway.Received.Count(r => Of(sid)(r.Token)), 4, 12);
        }
        finally
        {
            _host.Gateway.Answer = HttpStatusCode.OK;
        }
    }

    [Fact]
    public async Task SignOut_PublishesTheEnding_AndOwnApiRefusesTheToken()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await SignInAsync(browser);
        using var client = _host.CreateClient(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/identity/me")).StatusCode);
        await SignOutAsync(browser, tokens);
        var refused = await client.GetAsync("/api/identity/me");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (refused.StatusCode, refused.Headers.WwwAuthenticate.First().Scheme));
        Assert.Equal("GEN-0004", (await refused.JsonAsync()).GetProperty("code").GetString());
        var ended = await _host.Events.WaitForAsync<Gengdu.Contracts.Identity.V1.SignInEnded>(e => e.SessionId == sid);
        Assert.Equal(_host.AdministratorId, ended.PersonId);
    }

    /// <summary>Another replica: nobody told this process, the row does.</summary>
    [Fact]
    public async Task Ending_AtAnotherReplica_HoldsHereWithinASecond()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await SignInAsync(browser);
        using var client = _host.CreateClient(tokens.GetProperty("access_token").GetString()!);
        var now = _host.Clock.GetUtcNow();
        await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.Id == sid).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now)));
        for (var attempt = 0; attempt < 250 && (await client.GetAsync("/api/identity/me")).StatusCode != HttpStatusCode.Unauthorized; attempt++)
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(attempt == 0 ? 1000 : 1));
            await Task.Delay(20);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/identity/me")).StatusCode);
    }

    private static Func<string, bool> Of(string sid) => token => new JsonWebToken(token).GetClaim("sid").Value == sid;

    private static Task<HttpResponseMessage> SignOutAsync(Browser browser, JsonElement tokens) => browser.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}");

    private static async Task<(JsonElement Tokens, string Sid)> SignInAsync(Browser browser)
    {
        var tokens = await browser.TokensAsync();
        return (tokens, new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("sid").Value);
    }

    /// <summary>The first attempt is over when its row waits for the second.</summary>
    private Task AttemptedAsync(string sid) => _host.InDatabaseAsync(async db =>
    {
        var now = _host.Clock.GetUtcNow();
        for (var i = 0; i < 500 && !await db.LogoutNotices.AnyAsync(n => n.SessionId == sid && n.Attempts > 0 && n.NextAttemptAt < now.AddSeconds(10)); i++)
        {
            await Task.Delay(20);
        }
    });

    private async Task AssertIsANoticeAsync(string notice, string client, string sid)
    {
        using var http = _host.CreateClient();
        var keys = new JsonWebKeySet(await (await http.GetAsync("/identity/jwks")).Content.ReadAsStringAsync()).GetSigningKeys();
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(notice, new TokenValidationParameters
        {
            ValidIssuer = TestTokens.Issuer, ValidAudience = client, ValidTypes = ["logout+jwt"], ValidAlgorithms = [SecurityAlgorithms.RsaSha256], IssuerSigningKeys = keys, ValidateLifetime = false,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal(["aud", "events", "exp", "iat", "iss", "jti", "sid", "sub"], token.Claims.Select(c => c.Type).Order(StringComparer.Ordinal));
        Assert.Equal((sid, _host.AdministratorId.ToString()), (token.GetClaim("sid").Value, token.Subject));
        Assert.Equal("""{"http://schemas.openid.net/event/backchannel-logout":{}}""", token.GetPayloadValue<JsonElement>("events").GetRawText());
        Assert.Equal(TimeSpan.FromMinutes(2), token.ValidTo - token.IssuedAt);
    }
}
