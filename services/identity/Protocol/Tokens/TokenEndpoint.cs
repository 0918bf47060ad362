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
    public static async Task<IResult> HandleAsync(
        HttpContext http, ClientAuthentication authentication, RedeemCode codes, RefreshGrant refreshes, MachineGrant machines, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.Pragma = "no-cache";
        var (request, error) = await authentication.ReadAsync(http.Request, cancellationToken);
        if (request is not var (form, client))
        {
            return error!.ToResult(http);
        }

        if (Fault(form, client) is { } fault)
        {
            return fault.ToResult(http);
        }

        var (response, refused) = form["grant_type"] switch
        {
            Grants.Code => await codes.HandleAsync(form, client, cancellationToken),
            Grants.Refresh => await refreshes.HandleAsync(form, client, cancellationToken),
            _ => await machines.HandleAsync(form, client, cancellationToken),
        };
        return response is not null ? TypedResults.Ok(response) : refused!.ToResult(http);
    }

    private static TokenError? Fault(Parameters form, Client client) => form["grant_type"] switch
    {
        null => TokenError.InvalidRequest("grant_type is missing"),
        var grant when !Grants.All.Contains(grant) => TokenError.UnsupportedGrant,
        var grant when !client.Grants.Contains(grant) => TokenError.UnauthorizedClient,
        _ => client.AudienceFor(form["resource"]) is null ? TokenError.InvalidTarget : null,
    };
}
