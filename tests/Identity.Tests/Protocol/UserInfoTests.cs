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
        Assert.Equal(IdentityHost.AdministratorName, (await (await client.GetAsync("/identity/userinfo")).JsonAsync()).GetProperty("preferred_username").GetString());
        await browser.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/identity/userinfo")).StatusCode);
        using var bare = _host.CreateClient(TestTokens.Issue(_host.AdministratorId, "identity", t => t.Claims["scope"] = "profile"));
        Assert.Equal(HttpStatusCode.Forbidden, (await bare.GetAsync("/identity/userinfo")).StatusCode);
    }
}
