using System.Globalization;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// How the gateway says who it is: an assertion signed with its own key (private_key_jwt, RFC 7523), so that nothing secret is
/// shared; or, where Identity:GatewayClientSecret is set, that secret, for providers that know nothing better.
/// </summary>
internal sealed class ClientCredentials(GatewayOptions options, ClientKeys keys, TimeProvider clock)
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(50);
    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    public bool UsesKey => options.ClientSecret is null;

    public async ValueTask<IReadOnlyList<(string Name, string Value)>> FormAsync(CancellationToken cancellationToken) => options.ClientSecret is { } secret
        ? [("client_id", options.ClientId), ("client_secret", secret)]
        : [("client_id", options.ClientId), ("client_assertion_type", AssertionType), ("client_assertion", await AssertionAsync(cancellationToken))];

    /// <summary>Good for one use within a minute, for this provider alone.</summary>
    public async ValueTask<string> AssertionAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.ClientId,
            Audience = options.Issuer,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = new Dictionary<string, object>
            {
                ["sub"] = options.ClientId,
                ["jti"] = RandomNumberGenerator.GetHexString(32, lowercase: true).ToString(CultureInfo.InvariantCulture),
            },
            SigningCredentials = await keys.CurrentAsync(cancellationToken),
        });
    }
}
