using System.Text.Json.Serialization;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol.Tokens;

internal sealed record UserInfoResponse(
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonPropertyName("preferred_username"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserName,
    [property: JsonPropertyName("area"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Area);

/// <summary>/identity/userinfo: for an access token to identity itself, of a session that still holds. In the header, or as a form's access_token.</summary>
internal static class UserInfo
{
    public static async Task<IResult> HandleAsync(HttpContext http, LiveTokens live, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var scope = http.User.FindFirst("scope")?.Value ?? "";
        if (!Scopes.Has(scope, Scopes.OpenId))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\", scope=\"openid\"";
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (await live.PersonOfAsync(http.User.FindFirst("sid")?.Value, http.User.FindFirst("jti")?.Value, cancellationToken) is not { } current)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return GeneralProblems.Unauthenticated.ToHttpResult();
        }

        var profile = Scopes.Has(scope, Scopes.Profile);
        return TypedResults.Ok(!profile ? new UserInfoResponse(current.Person.Id.ToString(), null, null, null)
            : new(current.Person.Id.ToString(), current.Person.DisplayName, current.Person.UserName, await AreaAsync(current.Person.Id, db, SchoolDay.Of(clock.GetUtcNow()), cancellationToken)));
    }

    /// <summary>Code of the county the person belongs to, or of the city or province for people above: whose share of the platform they use.</summary>
    private static async Task<string?> AreaAsync(Guid personId, IdentityDbContext db, DateOnly today, CancellationToken cancellationToken)
    {
        var path = await db.Assignments.AsNoTracking().Where(a => a.PersonId == personId && !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => o.Path).OrderBy(p => p).FirstOrDefaultAsync(cancellationToken);
        return path is null ? null : await db.Organisations.AsNoTracking().Where(o => path.StartsWith(o.Path) && o.Kind != "school")
            .OrderByDescending(o => o.Path.Length).Select(o => o.Code).FirstOrDefaultAsync(cancellationToken);
    }
}
