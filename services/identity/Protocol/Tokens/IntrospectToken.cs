using System.Text.Json.Serialization;
using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Tokens;

internal sealed record IntrospectionResponse([property: JsonPropertyName("active")] bool Active)
{
    public static readonly IntrospectionResponse Inactive = new(false);

    [JsonPropertyName("token_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenType { get; init; }

    [JsonPropertyName("iss"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Issuer { get; init; }

    [JsonPropertyName("sub"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subject { get; init; }

    [JsonPropertyName("aud"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Audience { get; init; }

    [JsonPropertyName("client_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientId { get; init; }

    [JsonPropertyName("scope"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scope { get; init; }

    [JsonPropertyName("sid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SessionId { get; init; }

    [JsonPropertyName("acr"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Assurance { get; init; }

    [JsonPropertyName("auth_time"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AuthenticatedAt { get; init; }

    [JsonPropertyName("exp"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ExpiresAt { get; init; }

    [JsonPropertyName("iat"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? IssuedAt { get; init; }

    [JsonPropertyName("jti"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenId { get; init; }
}

/// <summary>
/// /identity/introspect (RFC 7662): a resource server asks about access tokens for itself. About any other token, and to
/// any other client, the answer is the one word "inactive".
/// </summary>
internal static class IntrospectToken
{
    public static async Task<IResult> HandleAsync(HttpContext http, ClientAuthentication authentication, OwnTokens own, LiveTokens live, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (request, error) = await authentication.ReadAsync(http.Request, cancellationToken);
        if (request is null || request.Client.IsPublic)
        {
            return (error ?? TokenError.InvalidClient).ToResult(http);
        }

        return request.Form["token"] is { } token
            ? TypedResults.Ok(await AboutAsync(token, request.Client, own, live, cancellationToken))
            : TokenError.InvalidRequest("token is missing").ToResult(http);
    }

    private static async Task<IntrospectionResponse> AboutAsync(string token, Client client, OwnTokens own, LiveTokens live, CancellationToken cancellationToken)
    {
        if (!client.IsResourceServer || await own.ReadAsync(token, cancellationToken) is not { } jwt || !client.Audiences.Contains(jwt.Text("aud")))
        {
            return IntrospectionResponse.Inactive;
        }

        var (session, id) = (jwt.Text("sid"), jwt.Text("jti"));
        var active = session is null ? await live.IsStandingAsync(id, cancellationToken) : await live.PersonOfAsync(session, id, cancellationToken) is not null;
        return !active ? IntrospectionResponse.Inactive : new(true)
        {
            TokenType = "Bearer",
            Issuer = jwt.Text("iss"),
            Subject = jwt.Text("sub"),
            Audience = jwt.Text("aud"),
            ClientId = jwt.Text("client_id"),
            Scope = jwt.Text("scope"),
            SessionId = session,
            Assurance = jwt.Text("acr"),
            AuthenticatedAt = jwt.Number("auth_time"),
            ExpiresAt = jwt.Number("exp"),
            IssuedAt = jwt.Number("iat"),
            TokenId = id,
        };
    }
}
