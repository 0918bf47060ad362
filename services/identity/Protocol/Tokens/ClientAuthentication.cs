using System.Text;
using Gengdu.Audit;
using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>A request to an endpoint for clients, with the client that proved itself (or may come without proof: the mobile app).</summary>
internal sealed record ClientRequest(Parameters Form, Client Client);

/// <summary>private_key_jwt, client_secret_basic or client_secret_post; one of them, never in the address. Public clients say their id.</summary>
internal sealed partial class ClientAuthentication(ClientRegistry clients, ClientAssertions assertions, AuditTrail trail, ILogger<ClientAuthentication> logger)
{
    public async Task<(ClientRequest? Request, TokenError? Error)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await Parameters.ReadAsync(request, cancellationToken) is not { } form)
        {
            return (null, TokenError.UnsupportedBody);
        }

        if (request.Query.Count > 0)
        {
            return (null, TokenError.InvalidRequest("Send the parameters in the body, none in the address"));
        }

        if (form.Duplicated.Count > 0)
        {
            return (null, TokenError.InvalidRequest("A parameter came more than once or cannot be read"));
        }

        var header = request.Headers.Authorization.ToString();
        var assertion = form["client_assertion"] ?? form["client_assertion_type"];
        if (new[] { header.Length > 0 ? header : null, form["client_secret"], assertion }.Count(way => way is not null) > 1)
        {
            return (null, TokenError.InvalidRequest("Authenticate the client in one way"));
        }

        var named = header.Length > 0 ? Basic(header) : null;
        var client = assertion is not null ? await SignedAsync(form, cancellationToken)
            : header.Length > 0 ? named is var (id, secret) ? WithSecret(id, secret) : null
            : ByForm(form);
        if (client is not null && (form["client_id"] is null || form["client_id"] == client.Id))
        {
            return (new(form, client), null);
        }

        // Only names of ours: what strangers type does not belong into the log.
        var known = clients.Find(named?.Id ?? form["client_id"])?.Id ?? "unknown";
        Log.NotProven(logger, known, request.Path);
        await trail.WriteAsync(AuditAct.By(null, "client.refused", known) with { Outcome = AuditOutcome.Denied });
        return (null, TokenError.InvalidClient);
    }

    private async Task<Client?> SignedAsync(Parameters form, CancellationToken cancellationToken) =>
        form["client_assertion_type"] == ClientAssertions.Type && form["client_assertion"] is { } assertion ? await assertions.ReadAsync(assertion, cancellationToken) : null;

    private Client? ByForm(Parameters form) =>
        form["client_secret"] is { } secret ? WithSecret(form["client_id"], secret) : clients.Find(form["client_id"]) is { IsPublic: true } client ? client : null;

    // An unknown client is compared too, so that both take the same time.
    private Client? WithSecret(string? id, string secret) => (clients.Find(id) ?? clients.Nobody) is var client && client.HasSecret(secret) ? client : null;

    private static (string Id, string Secret)? Basic(string header)
    {
        var buffer = new byte[1024];
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length))
        {
            return null;
        }

        // Both parts are form-encoded inside (RFC 6749, 2.3.1).
        var parts = Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2);
        return parts.Length == 2 ? (Decode(parts[0]), Decode(parts[1])) : null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Client {ClientId} did not prove itself at {Path}")]
        public static partial void NotProven(ILogger logger, string clientId, string path);
    }
}
