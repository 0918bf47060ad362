using Gengdu.Identity.People;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Keys;
using Gengdu.Identity.Protocol.Sessions;
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

    public async Task<TokenResponse> ForPersonAsync(Grant grant, string audience, string? refreshToken, bool withIdToken, CancellationToken cancellationToken)
    {
        var access = await SignAsync(KeyUses.Access, "at+jwt", audience, Lifetime, new()
        {
            ["sub"] = grant.Person.Id.ToString(),
            ["client_id"] = grant.ClientId,
            ["scope"] = grant.Scope,
            ["sid"] = grant.Session.Id,
            ["auth_time"] = grant.Session.AuthenticatedAt.ToUnixTimeSeconds(),
            ["acr"] = grant.Session.Acr,
            ["jti"] = TokenIds.New(grant.FamilyId),
        }, cancellationToken);
        var id = withIdToken && Scopes.Has(grant.Scope, Scopes.OpenId) ? await IdTokenAsync(grant, access, cancellationToken) : null;
        return new(access, "Bearer", (int)Lifetime.TotalSeconds, grant.Scope, refreshToken, id);
    }

    public async Task<TokenResponse> ForMachineAsync(string clientId, string scope, string audience, CancellationToken cancellationToken)
    {
        var access = await SignAsync(KeyUses.Access, "at+jwt", audience, Lifetime, new()
        {
            ["sub"] = clientId,
            ["client_id"] = clientId,
            ["scope"] = scope,
            ["jti"] = TokenIds.New(null),
        }, cancellationToken);
        return new(access, "Bearer", (int)Lifetime.TotalSeconds, scope, null, null);
    }

    /// <summary>A token with the key of id tokens, which clients know us by.</summary>
    public Task<string> ForClientAsync(string clientId, string type, TimeSpan lifetime, Dictionary<string, object> claims, CancellationToken cancellationToken) =>
        SignAsync(KeyUses.Id, type, clientId, lifetime, claims, cancellationToken);

    private Task<string> IdTokenAsync(Grant grant, string accessToken, CancellationToken cancellationToken)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = grant.Person.Id.ToString(),
            ["sid"] = grant.Session.Id,
            ["auth_time"] = grant.Session.AuthenticatedAt.ToUnixTimeSeconds(),
            ["acr"] = grant.Session.Acr,
            ["at_hash"] = TokenIds.HashFor(accessToken),
        };
        if (grant.Nonce is not null)
        {
            claims["nonce"] = grant.Nonce;
        }

        return ForClientAsync(grant.ClientId, "JWT", Lifetime, claims, cancellationToken);
    }

    private async Task<string> SignAsync(string use, string type, string audience, TimeSpan lifetime, Dictionary<string, object> claims, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Writer.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Issuer = options.Value.Issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            Expires = (now + lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = await keys.ForAsync(use, cancellationToken),
        });
    }
}

/// <summary>Whom and what the tokens are about.</summary>
internal sealed record Grant(Person Person, SignInSession Session, string ClientId, string Scope, Guid FamilyId, string? Nonce = null);
