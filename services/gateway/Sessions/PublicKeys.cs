using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Gateway.Sessions;

internal sealed record ClientJwk(
    [property: JsonPropertyName("kty")] string Kind,
    [property: JsonPropertyName("crv")] string Curve,
    [property: JsonPropertyName("alg")] string Algorithm,
    [property: JsonPropertyName("use")] string Use,
    [property: JsonPropertyName("kid")] string Id,
    [property: JsonPropertyName("x")] string X,
    [property: JsonPropertyName("y")] string Y);

internal sealed record ClientJwkSet([property: JsonPropertyName("keys")] IReadOnlyList<ClientJwk> Keys);

/// <summary>/bff/jwks: what the provider checks our assertions with.</summary>
internal static class PublicKeys
{
    public static async Task<Ok<ClientJwkSet>> GetAsync(HttpContext http, ClientKeys keys, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new ClientJwkSet(await keys.PublicAsync(cancellationToken)));
    }
}
