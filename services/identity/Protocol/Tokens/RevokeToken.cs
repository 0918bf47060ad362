using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Clients;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>
/// /identity/revoke (RFC 7009): 200 whatever came; only the client's own dies. A refresh token takes its family along; an
/// access token is dead here (UserInfo, introspection), while services that check signatures alone take it to its end.
/// </summary>
internal static class RevokeToken
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, ClientAuthentication authentication, IdentityDbContext db, OwnTokens own, LiveTokens live, TokenFamilies families, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (request, error) = await authentication.ReadAsync(http.Request, cancellationToken);
        if (request is null)
        {
            return error!.ToResult(http);
        }

        if (request.Form["token"] is not { } token)
        {
            return TokenError.InvalidRequest("token is missing").ToResult(http);
        }

        if (await own.ReadAsync(token, cancellationToken) is { } access)
        {
            await RevokeAsync(access, request.Client, live, cancellationToken);
        }
        else
        {
            var (hash, client) = (Secrets.Hash(token), request.Client.Id);
            if (await db.RefreshTokens.AsNoTracking().SingleOrDefaultAsync(t => t.TokenHash == hash && t.ClientId == client, cancellationToken) is { } refresh)
            {
                await families.RevokeAsync(refresh.FamilyId, refresh.SessionId, refresh.PersonId, "token-family.revoked", cancellationToken, AuditOutcome.Done);
            }
        }

        return TypedResults.Ok();
    }

    private static async Task RevokeAsync(Jwt access, Client client, LiveTokens live, CancellationToken cancellationToken)
    {
        if (access.Text("client_id") == client.Id && access.Text("jti") is { } id)
        {
            await live.RevokeAsync(id, access.Time("exp")!.Value.AddMinutes(1), cancellationToken);
        }
    }
}
