using System.Net;
using Gengdu.Gateway.Tests.Running;

namespace Gengdu.Gateway.Tests.Sessions;

public sealed class PublicKeysTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Get_IsForEverybody_MayBeKept_AndHoldsPublicHalvesOnly()
    {
        using var browser = fixture.Host.Browser();
        var answer = await browser.GetAsync("/bff/jwks");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl!.MaxAge);
        var key = Assert.Single((await Browser.JsonAsync(answer)).GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order());
    }
}
