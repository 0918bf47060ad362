using System.Text.Json.Serialization;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Protocol.Authorization;

internal sealed record PushedResponse(
    [property: JsonPropertyName("request_uri")] string RequestUri,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <summary>/identity/par (RFC 9126): judged now, with the client known, and kept; the browser carries nothing but a name for it.</summary>
internal static class PushRequest
{
    private static readonly string[] OfTheClient = ["client_secret", "client_assertion", "client_assertion_type", "client_id"];

    public static async Task<IResult> HandleAsync(HttpContext http, ClientAuthentication authentication, ClientRegistry clients, PushedRequests pushed, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var (request, error) = await authentication.ReadAsync(http.Request, cancellationToken);
        if (request is not var (form, client))
        {
            return error!.ToResult(http);
        }

        var query = QueryHelpers.AddQueryString("", form.Except(OfTheClient).Append(KeyValuePair.Create("client_id", (string?)client.Id)));
        var outcome = AuthorizeRequest.Read(Parameters.Of(query), clients);
        if (outcome.Request is null)
        {
            return new TokenError(outcome.Error, outcome.Description).ToResult(http);
        }

        var requestUri = await pushed.KeepAsync(client.Id, query, cancellationToken);
        return TypedResults.Json(new PushedResponse(requestUri, (int)PushedRequest.Lifetime.TotalSeconds), statusCode: 201);
    }
}
