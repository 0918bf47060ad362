using System.Text.Json.Serialization;
using Gengdu.Identity.Protocol.Authorization;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Protocol.Tokens;

internal sealed record UserInfoResponse(
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name,
    [property: JsonPropertyName("preferred_username"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? UserName);

/// <summary>/identity/userinfo: for an access token to identity itself, of a session that still holds. In the header, or as a form's access_token.</summary>
internal static class UserInfo
{
    public static async Task<IResult> HandleAsync(HttpContext http, LiveTokens live, CancellationToken cancellationToken)
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
        return TypedResults.Ok(new UserInfoResponse(current.Person.Id.ToString(), profile ? current.Person.DisplayName : null, profile ? current.Person.UserName : null));
    }
}
