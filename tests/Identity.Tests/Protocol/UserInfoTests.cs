using System.Net;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class UserInfoTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task UserInfo_FollowsScopeAndSession()
    {
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync();
        using var client = _host.CreateClient(tokens.GetProperty("access_token").GetString()!);
        var person = await (await client.GetAsync("/identity/userinfo")).JsonAsync();
        Assert.Equal((IdentityHost.AdministratorName, "130000"), (person.GetProperty("preferred_username").GetString(), person.GetProperty("area").GetString()));
        await browser.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/identity/userinfo")).StatusCode);
        using var bare = _host.CreateClient(TestTokens.Issue(_host.AdministratorId, "identity", t => t.Claims["scope"] = "profile"));
        Assert.Equal(HttpStatusCode.Forbidden, (await bare.GetAsync("/identity/userinfo")).StatusCode);
    }

    [Fact]
    public async Task UserInfo_TakesTheTokenFromHeaderOrForm_FromBothOrTheAddressNot()
    {
        using var browser = _host.Browser();
        var token = (await browser.TokensAsync()).GetProperty("access_token").GetString()!;
        using HttpClient bare = _host.CreateClient(), signed = _host.CreateClient(token);
        Assert.Equal(HttpStatusCode.OK, (await signed.PostAsync(Address, null)).StatusCode);
        using var form = Browser.Form([("access_token", token)]);
        var posted = await bare.PostAsync(Address, form);
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.True(posted.Headers.CacheControl!.NoStore);
        using var again = Browser.Form([("access_token", token)]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await signed.PostAsync(Address, again)).StatusCode);
        var asked = await bare.GetAsync($"/identity/userinfo?access_token={token}");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (asked.StatusCode, asked.Headers.WwwAuthenticate.First().Scheme));
        using var elsewhere = Browser.Form([("access_token", token)]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await bare.PostAsync(new Uri("/api/identity/assignments", UriKind.Relative), elsewhere)).StatusCode);
    }

    [Fact]
    public async Task UserInfo_WithoutProfile_SaysTheSubjectOnly_WithoutOpenIdNothing()
    {
        using var browser = _host.Browser();
        var narrow = await (await browser.RedeemAsync(await browser.CodeAsync(changes: ("scope", "openid")))).JsonAsync();
        using var client = _host.CreateClient(narrow.GetProperty("access_token").GetString()!);
        Assert.Equal($$"""{"sub":"{{_host.AdministratorId}}"}""", await (await client.GetAsync("/identity/userinfo")).Content.ReadAsStringAsync());
        var none = await (await browser.RedeemAsync(await browser.CodeAsync(changes: ("scope", "profile")))).JsonAsync();
        Assert.False(none.TryGetProperty("id_token", out _));
        using var other = _host.CreateClient(none.GetProperty("access_token").GetString()!);
        var refused = await other.GetAsync("/identity/userinfo");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("insufficient_scope", refused.Headers.WwwAuthenticate.Single().Parameter!, StringComparison.Ordinal);
    }

    private static readonly Uri Address = new("/identity/userinfo", UriKind.Relative);
}
