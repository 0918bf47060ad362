using Gengdu.Gateway.Sessions;
using Gengdu.Gateway.Tests.Running;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Tests;

public sealed class ClientCredentialsTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private readonly GatewayHost _host = fixture.Host;

    [Fact]
    public async Task Assertion_IsSignedByThePublishedKey_ForTheIssuerAlone_AndShortLived()
    {
        using var browser = _host.Browser();
        var published = new JsonWebKeySet(await (await browser.GetAsync("/bff/jwks")).Content.ReadAsStringAsync());
        Assert.All(published.Keys, key => Assert.False(key.HasPrivateKey));
        var credentials = _host.Services.GetRequiredService<ClientCredentials>();
        var text = await credentials.AssertionAsync(default);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(text, new()
        {
            ValidIssuer = "gateway", ValidAudience = $"{_host.Address}/identity", ValidAlgorithms = ["ES256"], IssuerSigningKeys = published.Keys,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        var token = (JsonWebToken)result.SecurityToken;
        Assert.Equal(("gateway", "ES256"), (token.Subject, token.Alg));
        Assert.Contains($"\"aud\":\"{_host.Address}/identity\"", Base64UrlEncoder.Decode(token.EncodedPayload), StringComparison.Ordinal);
        Assert.InRange(token.ValidTo - token.IssuedAt, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));
        Assert.NotEqual(token.Id, new JsonWebToken(await credentials.AssertionAsync(default)).Id);
    }

    [Fact]
    public async Task Key_IsFollowedByAnother_WhichIsAnnouncedADayBeforeItSigns()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var keys = new ClientKeys(_host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Services.GetRequiredService<IDataProtectionProvider>(), clock);
        var first = (await keys.CurrentAsync(default)).Kid;
        clock.Advance(TimeSpan.FromDays(90) + TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await keys.PublicAsync(default)).Count);
        Assert.Equal(first, (await keys.CurrentAsync(default)).Kid);
        clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));
        var second = (await keys.CurrentAsync(default)).Kid;
        Assert.NotEqual(first, second);
        Assert.Equal(2, (await keys.PublicAsync(default)).Count);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(second, Assert.Single(await keys.PublicAsync(default)).Id);
    }
}
