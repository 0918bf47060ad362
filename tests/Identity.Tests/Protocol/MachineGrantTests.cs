using System.Net;
using Gengdu.Identity.Tests.Protocol.Clients;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class MachineGrantTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Grant_GivesATokenOfTheSystemItselfAndNothingMore()
    {
        var response = await GrantAsync(("resource", "reporting"), ("scope", "events:read"));
        Assert.True(response.Headers.CacheControl!.NoStore);
        var answer = await response.JsonAsync();
        Assert.Equal(["access_token", "expires_in", "scope", "token_type"], answer.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        var token = new JsonWebToken(answer.GetProperty("access_token").GetString());
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "scope", "sub"], token.Claims.Select(c => c.Type).Order(StringComparer.Ordinal));
        Assert.Equal(("provincial-system", "provincial-system", "events:read", "reporting"), (token.Subject, token.GetClaim("client_id").Value, token.GetClaim("scope").Value, Assert.Single(token.Audiences)));
    }

    [Fact]
    public async Task Grant_WithoutScopeAndResource_GivesTheRowsOwn()
    {
        var answer = await (await GrantAsync()).JsonAsync();
        Assert.Equal("figures:read events:read", answer.GetProperty("scope").GetString());
        Assert.Equal("identity", Assert.Single(new JsonWebToken(answer.GetProperty("access_token").GetString()).Audiences));
    }

    [Theory]
    [InlineData("scope", "openid", "invalid_scope")]
    [InlineData("scope", "events:read openid", "invalid_scope")]
    [InlineData("scope", "offline_access", "invalid_scope")]
    [InlineData("scope", "Events:Read", "invalid_scope")]
    [InlineData("scope", "everything", "invalid_scope")]
    [InlineData("resource", "analytics", "invalid_target")]
    [InlineData("resource", "Reporting", "invalid_target")]
    [InlineData("resource", "https://reporting.test", "invalid_target")]
    [InlineData("grant_type", "authorization_code", "unauthorized_client")]
    [InlineData("grant_type", "refresh_token", "unauthorized_client")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    public async Task Grant_BeyondTheRow_IsRefused(string name, string value, string error)
    {
        var response = await GrantAsync((name, value));
        Assert.Equal((HttpStatusCode.BadRequest, error), (response.StatusCode, await Browser.ErrorAsync(response)));
    }

    [Fact]
    public async Task Grant_IsNotForClientsOfPeople()
    {
        using var browser = _host.Browser();
        Assert.Equal("unauthorized_client", await Browser.ErrorAsync(await browser.TokenAsync("gateway", ProtocolHost.Secret, ("grant_type", "client_credentials"))));
        Assert.Equal("unauthorized_client", await Browser.ErrorAsync(await browser.PostAsync("/identity/token", ("grant_type", "client_credentials"), ("client_id", "mobile"))));
        Assert.Equal("unauthorized_client", await Browser.ErrorAsync(await browser.TokenAsync("reporting-server", ProtocolHost.ResourceServerSecret, ("grant_type", "client_credentials"))));
    }

    /// <summary>It has no assignments: everything answers, and shows nothing.</summary>
    [Fact]
    public async Task Token_OfASystem_SeesNothingAndBreaksNothing()
    {
        using var client = _host.CreateClient((await (await GrantAsync()).JsonAsync()).GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/identity/me")).StatusCode);
        var list = await (await client.GetAsync("/api/identity/organisations")).JsonAsync();
        Assert.Equal(0, list.GetProperty("total").GetInt32());
        var create = await client.PostAsync("/api/identity/people/batch", new { people = new[] { Arranging.Person("by-machine", "reporter", "130102") } });
        Assert.InRange((int)create.StatusCode, 400, 499);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/identity/userinfo")).StatusCode);
    }

    [Fact]
    public async Task Authorize_ForASystem_ShowsAPage()
    {
        using var browser = _host.Browser();
        var answer = await browser.AuthorizeAsync(("client_id", "provincial-system"));
        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    private async Task<HttpResponseMessage> GrantAsync(params (string Name, string Value)[] more)
    {
        using var browser = _host.Browser();
        (string Name, string Value)[] form = more.Any(p => p.Name == "grant_type") ? more : [("grant_type", "client_credentials"), .. more];
        return await browser.PostAsync("/identity/token", [.. form, .. SigningClient.Proof(_host.Machine.Assertion(_host.Clock.GetUtcNow()))]);
    }
}
