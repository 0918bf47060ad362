using System.Text.Json.Serialization;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>An error of the token endpoint (RFC 6749, 5.2). Says nothing about why a grant does not hold.</summary>
internal sealed record TokenError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description)
{
    public static readonly TokenError InvalidGrant = new("invalid_grant", "The grant is unknown, used, expired or not yours");
    public static readonly TokenError InvalidClient = new("invalid_client", "Client authentication failed");
    public static readonly TokenError UnsupportedGrant = new("unsupported_grant_type", "Only authorization_code and refresh_token are supported");
    public static readonly TokenError InvalidTarget = new("invalid_target", "resource must name one of: identity, reporting, supervision, analytics");

    public static TokenError InvalidRequest(string description) => new("invalid_request", description);

    public IResult ToResult(HttpContext http)
    {
        if (Error != InvalidClient.Error)
        {
            return TypedResults.Json(this, statusCode: 400);
        }

        if (http.Request.Headers.Authorization.Count > 0)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"identity\"";
        }

        return TypedResults.Json(this, statusCode: 401);
    }
}
