using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol.SignOut;

public sealed class LogoutSenderTests(LogoutFixture fixture) : IClassFixture<LogoutFixture>
{
    private readonly LogoutHost _host = fixture.Host;

    [Fact]
    public async Task SignOut_TellsTheClientThatTookPart_AndNoOther_WithinASecond()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await LogoutHost.SignInAsync(browser);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await LogoutHost.SignOutAsync(browser, tokens);
        var notice = Assert.Single(await _host.Gateway.WaitForAsync(LogoutHost.Of(sid), 1));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        await _host.InDatabaseAsync(async db =>
        {
            for (var i = 0; i < 250 && await db.LogoutNotices.AnyAsync(n => n.SessionId == sid); i++)
            {
                await Task.Delay(20);
            }

            Assert.False(await db.LogoutNotices.AnyAsync(n => n.SessionId == sid));
        });
        Assert.DoesNotContain(_host.Other.Received, r => LogoutHost.Of(sid)(r.Token));
        Assert.All(_host.Gateway.Received, r => Assert.StartsWith("application/x-www-form-urlencoded", r.ContentType, StringComparison.Ordinal));
        await _host.AssertIsANoticeAsync(notice, "gateway", sid);
    }

    [Fact]
    public async Task SignOut_OfASessionWithTwoClients_TellsBoth()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await LogoutHost.SignInAsync(browser);
        var code = await browser.CodeAsync(changes: [("client_id", "other"), ("redirect_uri", ProtocolHost.OtherCallback)]);
        (await browser.TokenAsync("other", ProtocolHost.OtherSecret, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ProtocolHost.OtherCallback), ("code_verifier", Browser.Verifier))).EnsureSuccessStatusCode();
        await LogoutHost.SignOutAsync(browser, tokens);
        await _host.AssertIsANoticeAsync((await _host.Gateway.WaitForAsync(LogoutHost.Of(sid), 1))[0], "gateway", sid);
        await _host.AssertIsANoticeAsync((await _host.Other.WaitForAsync(LogoutHost.Of(sid), 1))[0], "other", sid);
    }

    /// <summary>A client that accepts the call and then says nothing holds up its own notices and nobody else's.</summary>
    [Fact]
    public async Task SignOut_WhileAnotherClientHangs_ReachesTheGatewayAtOnce()
    {
        _host.Other.Hangs = TimeSpan.FromSeconds(30);
        try
        {
            using Browser first = _host.Browser(), second = _host.Browser();
            foreach (var browser in (Browser[])[first, second])
            {
                var (tokens, sid) = await LogoutHost.SignInAsync(browser);
                var code = await browser.CodeAsync(changes: [("client_id", "other"), ("redirect_uri", ProtocolHost.OtherCallback)]);
                await browser.TokenAsync("other", ProtocolHost.OtherSecret, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ProtocolHost.OtherCallback), ("code_verifier", Browser.Verifier));
                var clock = System.Diagnostics.Stopwatch.StartNew();
                await LogoutHost.SignOutAsync(browser, tokens);
                await _host.Gateway.WaitForAsync(LogoutHost.Of(sid), 1);
                Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
            }
        }
        finally
        {
            _host.Other.Hangs = TimeSpan.Zero;
        }
    }

    /// <summary>The ending is part of a larger change here. The clock stands still, so nothing but its commit can wake the sender.</summary>
    [Fact]
    public async Task Disable_TellsTheGatewayAtOnce()
    {
        var person = await _host.PersonAsync("reporter", "130102", "to-be-disabled", "a good password");
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync("to-be-disabled", "a good password");
        var sid = new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("sid").Value;
        using var administrator = _host.CreateClient((await AdministratorAsync()).GetProperty("access_token").GetString()!);
        var disabled = await administrator.PutAsync(new Uri($"/api/identity/people/{person}/disabled", UriKind.Relative), null);
        Assert.True(disabled.IsSuccessStatusCode, await disabled.Content.ReadAsStringAsync());
        Assert.Single(await _host.Gateway.WaitForAsync(LogoutHost.Of(sid), 1));

        async Task<System.Text.Json.JsonElement> AdministratorAsync()
        {
            using var other = _host.Browser();
            return await other.TokensAsync();
        }
    }

    [Fact]
    public async Task SignOut_PublishesTheEnding_AndOwnApiRefusesTheToken()
    {
        using var browser = _host.Browser();
        var (tokens, sid) = await LogoutHost.SignInAsync(browser);
        using var client = _host.CreateClient(tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/identity/me")).StatusCode);
        await LogoutHost.SignOutAsync(browser, tokens);
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
        var (tokens, sid) = await LogoutHost.SignInAsync(browser);
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
}
