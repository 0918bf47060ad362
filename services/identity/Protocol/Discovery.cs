using System.Text.Json.Serialization;
using Gengdu.Identity.Protocol.Keys;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Gengdu.Identity.Protocol;

/// <summary>OpenID Connect Discovery, also valid as RFC 8414 metadata.</summary>
internal static class Discovery
{
    public static Ok<DiscoveryResponse> Document(HttpContext http, IOptions<ProtocolOptions> options)
    {
        var issuer = options.Value.Issuer.TrimEnd('/');
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(DiscoveryResponse.For(options.Value.Issuer, issuer, BackChannel(http.Request, options.Value) ?? issuer));
    }

    public static async Task<Ok<JwkSet>> JwksAsync(HttpContext http, SigningKeys keys, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new JwkSet([.. (await keys.AllAsync(cancellationToken)).Select(key => key.ToJwk())]));
    }

    // Services inside reach us where the browser cannot. Only the one configured address counts; a Host header moves nothing else.
    private static string? BackChannel(HttpRequest request, ProtocolOptions options) =>
        Uri.TryCreate(options.MetadataAddress, UriKind.Absolute, out var inside) && string.Equals(request.Host.Value, inside.Authority, StringComparison.OrdinalIgnoreCase)
            ? $"{inside.GetLeftPart(UriPartial.Authority)}/identity"
            : null;
}

internal sealed record DiscoveryResponse(
    [property: JsonPropertyName("issuer")] string Issuer,
    [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
    [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
    [property: JsonPropertyName("userinfo_endpoint")] string UserInfoEndpoint,
    [property: JsonPropertyName("jwks_uri")] string JwksUri,
    [property: JsonPropertyName("end_session_endpoint")] string EndSessionEndpoint,
    [property: JsonPropertyName("revocation_endpoint")] string RevocationEndpoint,
    [property: JsonPropertyName("introspection_endpoint")] string IntrospectionEndpoint,
    [property: JsonPropertyName("pushed_authorization_request_endpoint")] string PushedRequestEndpoint,
    [property: JsonPropertyName("response_types_supported")] IReadOnlyList<string> ResponseTypes,
    [property: JsonPropertyName("response_modes_supported")] IReadOnlyList<string> ResponseModes,
    [property: JsonPropertyName("grant_types_supported")] IReadOnlyList<string> GrantTypes,
    [property: JsonPropertyName("subject_types_supported")] IReadOnlyList<string> SubjectTypes,
    [property: JsonPropertyName("scopes_supported")] IReadOnlyList<string> Scopes,
    [property: JsonPropertyName("claims_supported")] IReadOnlyList<string> Claims,
    [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> IdTokenAlgorithms,
    [property: JsonPropertyName("token_endpoint_auth_methods_supported")] IReadOnlyList<string> ClientAuthentication,
    [property: JsonPropertyName("token_endpoint_auth_signing_alg_values_supported")] IReadOnlyList<string> ClientAlgorithms,
    [property: JsonPropertyName("revocation_endpoint_auth_methods_supported")] IReadOnlyList<string> RevocationAuthentication,
    [property: JsonPropertyName("revocation_endpoint_auth_signing_alg_values_supported")] IReadOnlyList<string> RevocationAlgorithms,
    [property: JsonPropertyName("introspection_endpoint_auth_methods_supported")] IReadOnlyList<string> IntrospectionAuthentication,
    [property: JsonPropertyName("introspection_endpoint_auth_signing_alg_values_supported")] IReadOnlyList<string> IntrospectionAlgorithms,
    [property: JsonPropertyName("code_challenge_methods_supported")] IReadOnlyList<string> ChallengeMethods,
    [property: JsonPropertyName("acr_values_supported")] IReadOnlyList<string> Assurances,
    [property: JsonPropertyName("prompt_values_supported")] IReadOnlyList<string> Prompts,
    [property: JsonPropertyName("ui_locales_supported")] IReadOnlyList<string> Languages,
    [property: JsonPropertyName("authorization_response_iss_parameter_supported")] bool NamesIssuer,
    [property: JsonPropertyName("backchannel_logout_supported")] bool NotifiesOfLogout,
    [property: JsonPropertyName("backchannel_logout_session_supported")] bool NamesSessionAtLogout,
    [property: JsonPropertyName("require_pushed_authorization_requests")] bool DemandsPushedRequests,
    [property: JsonPropertyName("claims_parameter_supported")] bool TakesClaims,
    [property: JsonPropertyName("request_parameter_supported")] bool TakesRequest,
    [property: JsonPropertyName("request_uri_parameter_supported")] bool TakesRequestUri)
{
    private static readonly string[] Proofs = ["private_key_jwt", "client_secret_basic", "client_secret_post"];

    public static DiscoveryResponse For(string issuer, string front, string back) => new(
        issuer, $"{front}/authorize", $"{back}/token", $"{back}/userinfo", $"{back}/jwks", $"{front}/end-session", $"{back}/revoke", $"{back}/introspect", $"{back}/par",
        ["code"], ["query"], Clients.Grants.All, ["public"], Authorization.Scopes.All,
        ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "acr", "sid", "name", "preferred_username", "area"], ["RS256"],
        [.. Proofs, "none"], Clients.ClientKeySet.Algorithms, [.. Proofs, "none"], Clients.ClientKeySet.Algorithms, Proofs, Clients.ClientKeySet.Algorithms,
        ["S256"], [Sessions.AcrValues.Password, Sessions.AcrValues.TwoFactors], ["none", "login"], ["zh-CN", "en"], true, true, true, false, false, false, false);
}
