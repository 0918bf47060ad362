using System.Net;
using System.Text.Json;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class EndSessionTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Home = "http://localhost:8080/";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Get_WithTheOwnHint_EndsEverythingAndGoesBack()
    {
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync();
        var answer = await browser.GetAsync(Address(tokens, Home));
        Assert.Equal((HttpStatusCode.SeeOther, Home + "?state=bye"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Equal("login_required", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)));
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("http://localhost:8080/?x=1")]
    [InlineData("//localhost:8080/")]
    [InlineData("https://other.test/bye")]
    public async Task Get_UnregisteredAddress_NeverGoesThere(string address)
    {
        using var browser = _host.Browser();
        var answer = await browser.GetAsync(Address(await browser.TokensAsync(), address));
        Assert.Equal((HttpStatusCode.OK, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?id_token_hint=e30.e30.")]
    [InlineData("?post_logout_redirect_uri=http://localhost:8080/")]
    public async Task Get_WithoutAGoodHint_AsksFirst(string query)
    {
        using var browser = _host.Browser();
        await browser.TokensAsync();
        var answer = await browser.GetAsync($"/identity/end-session{query}");
        Assert.Contains("confirmed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
        await browser.PostAsync("/identity/end-session", ("confirmed", "1"));
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
    }

    [Fact]
    public async Task Get_AccessTokenAsHint_AsksFirst()
    {
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync();
        var answer = await browser.GetAsync($"/identity/end-session?id_token_hint={tokens.GetProperty("access_token").GetString()}");
        Assert.Contains("confirmed", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Address(JsonElement tokens, string back) =>
        $"/identity/end-session?id_token_hint={tokens.GetProperty("id_token").GetString()}&post_logout_redirect_uri={Uri.EscapeDataString(back)}&state=bye";
}
