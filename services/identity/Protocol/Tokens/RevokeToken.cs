using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Clients;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>/identity/revoke (RFC 7009): 200 whatever came; only the client's own refresh token dies, with its family.</summary>
internal static class RevokeToken
{
    public static async Task<IResult> HandleAsync(HttpContext http, ClientRegistry clients, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (form, client, error) = await ClientAuthentication.ReadAsync(http.Request, clients, cancellationToken);
        if (error is not null || form is null || client is null)
        {
            return (error ?? TokenError.InvalidClient).ToResult(http);
        }

        if (form["token"] is not { } token)
        {
            return TokenError.InvalidRequest("token is missing").ToResult(http);
        }

        var (now, hash) = (clock.GetUtcNow(), Secrets.Hash(token));
        var family = await db.RefreshTokens.Where(t => t.TokenHash == hash && t.ClientId == client.Id).Select(t => (Guid?)t.FamilyId).SingleOrDefaultAsync(cancellationToken);
        await db.RefreshTokens.Where(t => t.FamilyId == family && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), cancellationToken);
        return TypedResults.Ok();
    }
}
