using System.Net;
using System.Text.Json;
using Gengdu.Identity.Tests.Protocol.Clients;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class IntrospectTokenTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Introspect_OwnAudience_SaysEverything_AndAfterLogoutNothing()
    {
        using var browser = _host.Browser();
        var tokens = await (await browser.RedeemAsync(await browser.CodeAsync(), resource: "reporting")).JsonAsync();
        var answer = await AskAsync(Access(tokens));
        Assert.True(answer.GetProperty("active").GetBoolean());
        Assert.Equal((_host.AdministratorId.ToString(), "gateway", "reporting", "Bearer"),
            (answer.GetProperty("sub").GetString(), answer.GetProperty("client_id").GetString(), answer.GetProperty("aud").GetString(), answer.GetProperty("token_type").GetString()));
        await browser.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}");
        AssertInactive(await AskAsync(Access(tokens)));
    }

    [Fact]
    public async Task Introspect_OtherAudienceOtherKindOrNonsense_SaysInactiveOnly()
    {
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync();
        foreach (var token in (string[])[Access(tokens), tokens.GetProperty("id_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!, "x", "a.b.c", Access(tokens) + "x", new string('x', 9000)])
        {
            AssertInactive(await AskAsync(token));
        }
    }

    [Fact]
    public async Task Introspect_ByAClientThatIsNoResourceServer_SaysInactiveOnly()
    {
        using var browser = _host.Browser();
        var tokens = await (await browser.RedeemAsync(await browser.CodeAsync(), resource: "reporting")).JsonAsync();
        AssertInactive(await (await browser.PostAsync("/identity/introspect", ("client_id", "gateway"), ("client_secret", ProtocolHost.Secret), ("token", Access(tokens)))).JsonAsync());
    }

    [Fact]
    public async Task Introspect_WithoutProof_Is401()
    {
        using var browser = _host.Browser();
        foreach (var form in ((string, string)[][])[[("token", "x")], [("token", "x"), ("client_id", "mobile")], [("token", "x"), ("client_id", "reporting-server"), ("client_secret", "wrong")]])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PostAsync("/identity/introspect", form)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.GetAsync("/identity/introspect")).StatusCode);
        Assert.Equal("invalid_request", await Browser.ErrorAsync(await browser.PostAsync("/identity/introspect", ("client_id", "reporting-server"), ("client_secret", ProtocolHost.ResourceServerSecret))));
    }

    [Fact]
    public async Task Introspect_ASystemsToken_AndWhenExpired()
    {
        using var browser = _host.Browser();
        var tokens = await (await browser.PostAsync("/identity/token", [
            ("grant_type", "client_credentials"), ("resource", "reporting"), .. SigningClient.Proof(_host.Machine.Assertion(_host.Clock.GetUtcNow()))])).JsonAsync();
        var answer = await AskAsync(Access(tokens));
        Assert.Equal((true, "provincial-system", false), (answer.GetProperty("active").GetBoolean(), answer.GetProperty("sub").GetString(), answer.TryGetProperty("sid", out _)));
        _host.Clock.Advance(TimeSpan.FromSeconds(331));
        AssertInactive(await AskAsync(Access(tokens)));
    }

    private static string Access(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;

    private static void AssertInactive(JsonElement answer) => Assert.Equal("""{"active":false}""", answer.GetRawText());

    private async Task<JsonElement> AskAsync(string token)
    {
        using var browser = _host.Browser();
        var response = await browser.PostAsync("/identity/introspect", ("client_id", "reporting-server"), ("client_secret", ProtocolHost.ResourceServerSecret), ("token", token));
        Assert.True(response.Headers.CacheControl!.NoStore);
        return await response.JsonAsync();
    }
}
