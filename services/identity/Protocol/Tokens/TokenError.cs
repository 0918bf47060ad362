using System.Text.Json.Serialization;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>An error of the endpoints for clients (RFC 6749, 5.2). Says nothing about why a grant does not hold.</summary>
internal sealed record TokenError(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string Description)
{
    public static readonly TokenError InvalidGrant = new("invalid_grant", "The grant is unknown, used, expired or not yours");
    public static readonly TokenError InvalidClient = new("invalid_client", "Client authentication failed") { Status = 401 };
    public static readonly TokenError UnauthorizedClient = new("unauthorized_client", "This client may not use this grant");
    public static readonly TokenError UnsupportedGrant = new("unsupported_grant_type", "Only authorization_code, refresh_token and client_credentials are supported");
    public static readonly TokenError InvalidTarget = new("invalid_target", "resource must name a service this client has tokens for");
    public static readonly TokenError InvalidScope = new("invalid_scope", "A scope was asked for that this client does not have");
    public static readonly TokenError UnsupportedBody = InvalidRequest("Send the parameters as application/x-www-form-urlencoded") with { Status = 415 };

    [JsonIgnore]
    public int Status { get; init; } = 400;

    public static TokenError InvalidRequest(string description) => new("invalid_request", description);

    public IResult ToResult(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        if (Status == 401 && http.Request.Headers.Authorization.Count > 0)
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"identity\"";
        }

        return TypedResults.Json(this, statusCode: Status);
    }
}
