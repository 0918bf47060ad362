using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Keys;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>Signs access tokens (PS256, at+jwt, exactly one audience) and id tokens (RS256, another key).</summary>
internal sealed class TokenIssuer(SigningKeys keys, IOptions<ProtocolOptions> options, TimeProvider clock)
{
    public const string OwnAudience = "identity";
    public static readonly IReadOnlyList<string> Audiences = [OwnAudience, "reporting", "supervision", "analytics"];
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    public async Task<TokenResponse> IssueAsync(Grant grant, string? audience, string? refreshToken, bool withIdToken, CancellationToken cancellationToken)
    {
        var access = await SignAsync(KeyUses.Access, "at+jwt", audience ?? OwnAudience, new Dictionary<string, object>
        {
            ["sub"] = grant.Person.Id.ToString(),
            ["client_id"] = grant.ClientId,
            ["scope"] = grant.Scope,
            ["sid"] = grant.SessionId,
            ["jti"] = Secrets.New(),
        }, cancellationToken);
        var id = withIdToken && Scopes.Has(grant.Scope, Scopes.OpenId) ? await IdTokenAsync(grant, cancellationToken) : null;
        return new(access, "Bearer", (int)Lifetime.TotalSeconds, grant.Scope, refreshToken, id);
    }

    private Task<string> IdTokenAsync(Grant grant, CancellationToken cancellationToken)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = grant.Person.Id.ToString(),
            ["sid"] = grant.SessionId,
            ["auth_time"] = grant.AuthenticatedAt!.Value.ToUnixTimeSeconds(),
        };
        if (grant.Nonce is not null)
        {
            claims["nonce"] = grant.Nonce;
        }

        return SignAsync(KeyUses.Id, "JWT", grant.ClientId, claims, cancellationToken);
    }

    private async Task<string> SignAsync(string use, string type, string audience, Dictionary<string, object> claims, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Issuer = options.Value.Issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = await keys.ForAsync(use, cancellationToken),
        });
    }
}

/// <summary>Whom and what the tokens are about.</summary>
internal sealed record Grant(Person Person, string ClientId, string Scope, string SessionId, string? Nonce = null, DateTimeOffset? AuthenticatedAt = null);
