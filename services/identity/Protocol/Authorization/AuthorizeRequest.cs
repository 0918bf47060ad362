using System.Globalization;
using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Authorization;

/// <summary>A request that may go on to sign-in.</summary>
internal sealed record AuthorizeRequest(
    Client Client, string RedirectUri, string Scope, string Challenge, string? State, string? Nonce, bool PromptNone, bool PromptLogin, long? MaxAge,
    string? IdTokenHint)
{
    private static readonly (string Name, int Most)[] Limits =
    [
        ("client_id", 100), ("redirect_uri", 400), ("scope", 300), ("state", 2048), ("nonce", 512), ("login_hint", 100), ("ui_locales", 100), ("acr_values", 300), ("id_token_hint", 4000),
    ];

    /// <summary>Reads and judges. Until client and redirect address are known to be good, nothing may be sent there.</summary>
    public static AuthorizeOutcome Read(Parameters parameters, ClientRegistry clients)
    {
        if (parameters.Duplicated.Overlaps(["client_id", "redirect_uri"]) || clients.Find(parameters["client_id"]) is not { } client)
        {
            return AuthorizeOutcome.Page("unknown client");
        }

        if (parameters["redirect_uri"] is not { } redirectUri || !client.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
        {
            return AuthorizeOutcome.Page("unregistered redirect_uri");
        }

        var state = parameters.Duplicated.Contains("state") || parameters["state"]?.Length > 2048 ? null : parameters["state"];
        return Fault(parameters, client) is var (error, description)
            ? AuthorizeOutcome.Back(redirectUri, state, error, description)
            : AuthorizeOutcome.Good(new(
                client, redirectUri, Scopes.Granted(parameters["scope"], client), parameters["code_challenge"]!, state, parameters["nonce"],
                parameters["prompt"] == "none", parameters["prompt"] == "login", MaxAgeOf(parameters), parameters["id_token_hint"]));
    }

    private static (string Error, string Description)? Fault(Parameters parameters, Client client) =>
        parameters.Duplicated.Count > 0 ? ("invalid_request", "A parameter came more than once or cannot be read")
        : Limits.FirstOrDefault(limit => parameters[limit.Name]?.Length > limit.Most) is { Name: { } name } ? ("invalid_request", $"{name} is too long")
        : parameters["request"] is not null ? ("request_not_supported", "Request objects are not supported")
        : parameters["request_uri"] is not null ? ("request_uri_not_supported", "Only request_uri values given out by the pushed authorization request endpoint are supported")
        : parameters["response_type"] is null ? ("invalid_request", "response_type is missing")
        : parameters["response_type"] != "code" ? ("unsupported_response_type", "Only the code flow is supported")
        : parameters["response_mode"] is not (null or "query") ? ("invalid_request", "Only response_mode query is supported")
        : parameters["code_challenge_method"] != "S256" ? ("invalid_request", "code_challenge_method must be S256")
        : !Pkce.IsWellFormed(parameters["code_challenge"]) ? ("invalid_request", "code_challenge must have 43 to 128 characters of the unreserved set")
        : Scopes.Granted(parameters["scope"], client).Length == 0 ? ("invalid_scope", "No known scope was asked for")
        : parameters["prompt"] is not (null or "none" or "login") ? ("invalid_request", "prompt may be none or login")
        : parameters["max_age"] is not null && MaxAgeOf(parameters) is null ? ("invalid_request", "max_age must be a number of seconds")
        : null;

    private static long? MaxAgeOf(Parameters parameters) =>
        uint.TryParse(parameters["max_age"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}

/// <summary>Exactly one of: a good request; an error for the client; an error for the person alone.</summary>
internal sealed record AuthorizeOutcome(AuthorizeRequest? Request, string? RedirectTo, string? State, string Error, string Description)
{
    public static AuthorizeOutcome Good(AuthorizeRequest request) => new(request, null, null, "", "");

    public static AuthorizeOutcome Back(string redirectTo, string? state, string error, string description) => new(null, redirectTo, state, error, description);

    public static AuthorizeOutcome Page(string reason) => new(null, null, null, "invalid_request", reason);
}
