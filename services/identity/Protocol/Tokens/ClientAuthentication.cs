using System.Text;
using Gengdu.Identity.Protocol.Clients;

namespace Gengdu.Identity.Protocol.Tokens;

/// <summary>client_secret_basic or client_secret_post; never both, never in the address.</summary>
internal static class ClientAuthentication
{
    public static async Task<(Parameters? Form, Client? Client, TokenError? Error)> ReadAsync(HttpRequest request, ClientRegistry clients, CancellationToken cancellationToken)
    {
        if (request.Query.Count > 0 || await Parameters.ReadAsync(request, cancellationToken) is not { } form)
        {
            return (null, null, TokenError.InvalidRequest("Send the parameters as application/x-www-form-urlencoded, none in the address"));
        }

        if (form.Duplicated.Count > 0)
        {
            return (null, null, TokenError.InvalidRequest("A parameter came more than once"));
        }

        var header = request.Headers.Authorization.ToString();
        var basic = header.Length > 0 ? Basic(header) : null;
        if (header.Length > 0 && form["client_secret"] is not null)
        {
            return (null, null, TokenError.InvalidRequest("Authenticate the client in one way"));
        }

        var (id, secret) = header.Length > 0 ? basic ?? ("", "") : (form["client_id"] ?? "", form["client_secret"] ?? "");
        var client = clients.Find(id);
        // An unknown client is compared too, so that both take the same time.
        var known = (client ?? clients.Nobody).HasSecret(secret) && client is not null;
        return known && (form["client_id"] is null || form["client_id"] == id) ? (form, client, null) : (null, null, TokenError.InvalidClient);
    }

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
}
