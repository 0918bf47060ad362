using Gengdu.Identity.Protocol.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Protocol;

public sealed class DiscoveryTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Document = "/identity/.well-known/openid-configuration";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Get_Discovery_IssuerNeverMoves()
    {
        foreach (var (address, tokens) in ((string, string)[])[("http://evil.test", "http://identity.test/identity/token"), ("http://inside.test:5101", "http://inside.test:5101/identity/token")])
        {
            using var client = _host.CreateClient();
            client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.test");
            var document = await (await client.GetAsync(new Uri(address + Document))).JsonAsync();
            Assert.Equal("http://identity.test/identity", document.GetProperty("issuer").GetString());
            Assert.Equal("http://identity.test/identity/authorize", document.GetProperty("authorization_endpoint").GetString());
            Assert.Equal(tokens, document.GetProperty("token_endpoint").GetString());
            Assert.Equal("S256", Assert.Single(document.GetProperty("code_challenge_methods_supported").EnumerateArray()).GetString());
        }
    }

    [Fact]
    public async Task Get_Jwks_ShowsPublicHalvesOnly()
    {
        using var client = _host.CreateClient();
        var keys = (await (await client.GetAsync("/identity/jwks")).JsonAsync()).GetProperty("keys").EnumerateArray().ToArray();
        Assert.Equal(["PS256", "RS256"], keys.Select(k => k.GetProperty("alg").GetString()!).Order(StringComparer.Ordinal));
        Assert.All(keys, key => Assert.Equal(["alg", "e", "kid", "kty", "n", "use"], key.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Keys_AreAnnouncedBeforeTheySign_AndRetire()
    {
        // A ring of its own with its own clock: the others' tokens must not age.
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(_host.Clock.GetUtcNow());
        using var keys = new SigningKeys(_host.Services.GetRequiredService<IServiceScopeFactory>(), _host.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>(), clock);
        var first = (await keys.ForAsync(KeyUses.Access, default)).Key.KeyId;
        clock.Advance(TimeSpan.FromDays(77));
        Assert.Equal(4, (await keys.AllAsync(default)).Count);
        Assert.Equal(first, (await keys.ForAsync(KeyUses.Access, default)).Key.KeyId);
        clock.Advance(TimeSpan.FromDays(14.5));
        Assert.NotEqual(first, (await keys.ForAsync(KeyUses.Access, default)).Key.KeyId);
        clock.Advance(TimeSpan.FromDays(2));
        Assert.DoesNotContain(await keys.AllAsync(default), key => key.Id == first);
        Assert.DoesNotContain("PRIVATE", await _host.InDatabaseAsync(db => db.SigningKeys.Select(k => k.SealedPrivateKey).FirstAsync()), StringComparison.Ordinal);
    }
}
