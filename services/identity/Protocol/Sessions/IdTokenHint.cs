using Gengdu.Identity.Protocol.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Sessions;

/// <summary>An id token of ours, given back to say which session is meant. May be expired; must be ours and untouched.</summary>
internal sealed class IdTokenHint(SigningKeys keys, IOptions<ProtocolOptions> options)
{
    private static readonly JsonWebTokenHandler Reader = new() { MapInboundClaims = false };

    public async Task<(string SessionId, string ClientId, string PersonId)?> ReadAsync(string? hint, CancellationToken cancellationToken)
    {
        if (hint is null or { Length: > 4000 } || Jwt.Read(hint) is null)
        {
            return null;
        }

        var result = await Reader.ValidateTokenAsync(hint, new TokenValidationParameters
        {
            ValidIssuer = options.Value.Issuer,
            ValidTypes = ["JWT"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = (await keys.AllAsync(cancellationToken)).Where(key => key.Use == KeyUses.Id).Select(key => key.Key),
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result is { IsValid: true, SecurityToken: JsonWebToken token } && token.Audiences.SingleOrDefault() is { } client && token.TryGetPayloadValue<string>("sid", out var sid)
            ? (sid, client, token.Subject)
            : null;
    }
}
