using System.Text.Json.Serialization;
using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Tokens;

internal sealed record TokenResponse(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("scope")] string Scope,
    [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken,
    [property: JsonPropertyName("id_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IdToken);

/// <summary>/identity/token.</summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, ClientRegistry clients, RedeemCode codes, RefreshGrant refreshes, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        var (form, client, error) = await ClientAuthentication.ReadAsync(http.Request, clients, cancellationToken);
        if (error is not null || form is null || client is null)
        {
            return (error ?? TokenError.InvalidClient).ToResult(http);
        }

        if (form["resource"] is { } resource && !TokenIssuer.Audiences.Contains(resource))
        {
            return TokenError.InvalidTarget.ToResult(http);
        }

        var (response, refused) = form["grant_type"] switch
        {
            "authorization_code" => await codes.HandleAsync(form, client, cancellationToken),
            "refresh_token" => await refreshes.HandleAsync(form, client, cancellationToken),
            null => (null, TokenError.InvalidRequest("grant_type is missing")),
            _ => (null, TokenError.UnsupportedGrant),
        };
        return response is not null ? TypedResults.Ok(response) : refused!.ToResult(http);
    }
}
