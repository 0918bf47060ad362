using Gengdu.Identity.Protocol.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>Reads access tokens of ours, for whatever service they are, by our own clock.</summary>
internal sealed class OwnTokens(SigningKeys keys, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    private const int Longest = 8000;
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private static readonly JsonWebTokenHandler Reader = new() { MapInboundClaims = false };

    /// <summary>What it says, or null when it is not an access token of ours or its time is over.</summary>
    public async Task<Jwt?> ReadAsync(string token, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (token.Length > Longest || Jwt.Read(token) is not { } jwt || !(jwt.Time("exp") > now - Skew))
        {
            return null;
        }

        var result = await Reader.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Value.Issuer,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256],
            IssuerSigningKeys = (await keys.AllAsync(cancellationToken)).Where(key => key.Use == KeyUses.Access).Select(key => key.Key),
            // The caller compares it with whom it answers; the time was judged above, by our clock.
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid ? jwt : null;
    }
}
