using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Gengdu.Gateway.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Tests.Sessions;

public sealed class BackchannelLogoutTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Post_BySignIn_EndsThatSessionAtEveryReplicaWithinASecond()
    {
        using var browser = _host.Browser();
        using var other = _host.Browser();
        await browser.SignInAsync();
        await other.SignInAsync();
        await using var replica = await _host.ReplicaAsync();
        using var there = browser.At(replica);
        Assert.True(await there.IsSignedInAsync());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(await TokenAsync(new(await SignInIdAsync(browser))))).StatusCode);
        var watch = Stopwatch.StartNew();
        while (await there.IsSignedInAsync() || await browser.IsSignedInAsync())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), "still signed in");
            await Task.Delay(20);
        }

        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Post_ByPerson_EndsAllTheirSessions()
    {
        using var browser = _host.Browser();
        using var other = _host.Browser();
        await browser.SignInAsync();
        await other.SignInAsync();
        var person = await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.EndedAt == null).Select(s => s.PersonId).FirstAsync());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(await TokenAsync(new(null, person.ToString())))).StatusCode);
        await Task.Delay(1000);
        Assert.Equal((false, false), (await browser.IsSignedInAsync(), await other.IsSignedInAsync()));
        // Not even by the sign-in at identity that is older than the notice; by a new one, yes.
        await browser.VisitAsync("/bff/sign-in?returnUrl=/bff/session");
        Assert.False(await browser.IsSignedInAsync());
        using var fresh = _host.Browser();
        await fresh.SignInAsync();
        Assert.True(await fresh.IsSignedInAsync());
    }

    [Fact]
    public async Task Post_UnknownSignIn_IsFine() => Assert.Equal(HttpStatusCode.OK, (await PostAsync(await TokenAsync(new("nobody")))).StatusCode);

    [Fact]
    public async Task Post_Twice_IsRefusedTheSecondTime()
    {
        var token = await TokenAsync(new("nobody-2"));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(token)).StatusCode);
        await RefusedAsync(await PostAsync(token));
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("none")]
    [InlineData("foreign-key")]
    [InlineData("key-in-header")]
    [InlineData("access-key")]
    [InlineData("hmac-of-public-key")]
    [InlineData("bent-signature")]
    [InlineData("no-kid")]
    [InlineData("type-jwt")]
    [InlineData("type-access")]
    [InlineData("no-type")]
    [InlineData("issuer")]
    [InlineData("no-issuer")]
    [InlineData("audience")]
    [InlineData("no-audience")]
    [InlineData("two-audiences")]
    [InlineData("expired")]
    [InlineData("no-expiry")]
    [InlineData("future")]
    [InlineData("old")]
    [InlineData("no-events")]
    [InlineData("events-text")]
    [InlineData("event-other")]
    [InlineData("event-text")]
    [InlineData("nonce")]
    [InlineData("nobody")]
    [InlineData("no-id")]
    [InlineData("long-id")]
    [InlineData("long")]
    [InlineData("not-a-token")]
    [InlineData("empty")]
    public async Task Post_Bent_IsRefusedAndEndsNothing(string how)
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        await RefusedAsync(await PostAsync(await TokenAsync(new(await SignInIdAsync(browser), How: how))));
        var hash = KeyHash(browser);
        Assert.True(await _host.InDatabaseAsync(db => db.Sessions.AnyAsync(s => s.KeyHash == hash && s.EndedAt == null)));
    }

    [Fact]
    public async Task Post_InAnyOtherWay_IsRefused()
    {
        using var browser = _host.Browser();
        await browser.SignInAsync();
        var token = await TokenAsync(new(await SignInIdAsync(browser)));
        await RefusedAsync(await browser.SendAsync(HttpMethod.Post, $"/bff/backchannel-logout?logout_token={token}"));
        await RefusedAsync(await browser.SendAsync(HttpMethod.Post, "/bff/backchannel-logout", new { logout_token = token }));
        using var twice = new StringContent($"logout_token={token}&logout_token={token}", Encoding.ASCII, "application/x-www-form-urlencoded");
        await RefusedAsync(await browser.SendAsync(HttpMethod.Post, "/bff/backchannel-logout", twice));
        using var wrongName = new StringContent($"token={token}", Encoding.ASCII, "application/x-www-form-urlencoded");
        await RefusedAsync(await browser.SendAsync(HttpMethod.Post, "/bff/backchannel-logout", wrongName));
        Assert.False((await browser.GetAsync($"/bff/backchannel-logout?logout_token={token}")).IsSuccessStatusCode);
        Assert.True(await browser.IsSignedInAsync());
    }

    private static async Task RefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal((HttpStatusCode.BadRequest, "GW-0008"), (answer.StatusCode, await Browser.CodeAsync(answer)));
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    private async Task<string> SignInIdAsync(Browser browser)
    {
        var hash = KeyHash(browser);
        return (await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.KeyHash == hash).Select(s => s.SignInId).SingleAsync()))!;
    }

    private static string KeyHash(Browser browser) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(browser.SessionKey!)));

    private async Task<HttpResponseMessage> PostAsync(string token)
    {
        using var browser = _host.Browser();
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        return await browser.SendAsync(HttpMethod.Post, "/bff/backchannel-logout", form);
    }

    private static Dictionary<string, object> Jwk(RSA key)
    {
        var half = key.ExportParameters(includePrivateParameters: false);
        return new() { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(half.Modulus), ["e"] = Base64UrlEncoder.Encode(half.Exponent) };
    }

    private sealed record Wanted(string? SignIn, string? Person = null, string How = "");

    private async Task<string> TokenAsync(Wanted wanted)
    {
        var (how, now) = (wanted.How, TimeProvider.System.GetUtcNow());
        var at = how switch { "future" => now.AddMinutes(5), "old" => now.AddMinutes(-20), _ => now };
        var claims = new Dictionary<string, object>
        {
            ["iss"] = how == "issuer" ? "http://evil.test" : $"{_host.Address}/identity", ["aud"] = how switch { "audience" => "reporting", "two-audiences" => new[] { "gateway", "reporting" }, _ => (object)"gateway" },
            ["iat"] = at.ToUnixTimeSeconds(), ["exp"] = (how == "expired" ? now.AddSeconds(-60) : now.AddMinutes(2)).ToUnixTimeSeconds(), ["jti"] = how == "long-id" ? new string('j', 600) : Guid.CreateVersion7().ToString(),
            ["events"] = how switch { "events-text" => Event, "event-other" => new Dictionary<string, object> { ["http://other"] = new Dictionary<string, object>() }, "event-text" => new Dictionary<string, object> { [Event] = "yes" }, _ => (object)new Dictionary<string, object> { [Event] = new Dictionary<string, object>() } },
        };
        Add("sid", how == "nobody" ? null : wanted.SignIn);
        Add("sub", wanted.Person);
        Add("nonce", how == "nonce" ? "n" : null);
        Add("padding", how == "long" ? new string('x', 9000) : null);
        foreach (var (name, missing) in (IEnumerable<(string, string)>)[("iss", "no-issuer"), ("aud", "no-audience"), ("exp", "no-expiry"), ("events", "no-events"), ("jti", "no-id")])
        {
            _ = how == missing && claims.Remove(name);
        }

        var key = await _host.Identity.KeyAsync(how == "access-key" ? "access" : "id");
        using var foreign = RSA.Create(2048);
        key = how switch
        {
            "foreign-key" or "key-in-header" => new(new RsaSecurityKey(foreign) { KeyId = key.Kid }, SecurityAlgorithms.RsaSha256),
            "hmac-of-public-key" => new(new SymmetricSecurityKey(((RsaSecurityKey)key.Key).Rsa.ExportSubjectPublicKeyInfo()) { KeyId = key.Kid }, SecurityAlgorithms.HmacSha256),
            "no-kid" => new(new RsaSecurityKey(foreign), SecurityAlgorithms.RsaSha256),
            _ => key,
        };
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = how switch { "type-jwt" => "JWT", "type-access" => "at+jwt", "no-type" => "", _ => "logout+jwt" }, Claims = claims, SigningCredentials = how is "unsigned" or "none" ? null : key,
            AdditionalHeaderClaims = how == "key-in-header" ? new Dictionary<string, object> { ["jwk"] = Jwk(foreign) } : null,
        });
        return how switch
        {
            "none" => token.TrimEnd('.') + ".c2ln", "bent-signature" => token[..^8] + "AAAAAAAA", "not-a-token" => "a.b.c", "empty" => "", _ => token,
        };

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                claims[name] = value;
            }
        }
    }
}
