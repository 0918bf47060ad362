using System.Buffers.Text;
using System.Text.Json;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// Tokens of phones and other systems pass through; the service checks them. Here only what cannot be right is turned away:
/// another kind of token, an unsigned one, one for another service.
/// </summary>
internal static class BearerRules
{
    private const int Longest = 8000;
    private static readonly JsonDocumentOptions Flat = new() { MaxDepth = 8 };

    /// <summary>Null when the token may be one for this service.</summary>
    public static Problem? Check(string header, string service)
    {
        if (header.Length > Longest || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header[7..].Split('.') is not { Length: 3 } parts
            || Array.Exists(parts, part => part.Length == 0 || !part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            return GatewayProblems.MalformedToken;
        }

        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), Flat);
            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), Flat);
            return !IsAccessToken(head.RootElement) || body.RootElement.ValueKind != JsonValueKind.Object ? GatewayProblems.MalformedToken
                : IsFor(body.RootElement, service) ? null : GatewayProblems.WrongAudience;
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return GatewayProblems.MalformedToken;
        }
    }

    private static bool IsAccessToken(JsonElement head) => head.ValueKind == JsonValueKind.Object
        && Text(head, "typ") is { } type && (type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase) || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase))
        && Text(head, "alg") is { Length: > 2 } algorithm && algorithm[..2] is "PS" or "RS" or "ES" or "Ed";

    private static bool IsFor(JsonElement body, string service) => body.TryGetProperty("aud", out var audience) && audience.ValueKind switch
    {
        JsonValueKind.String => audience.GetString() == service,
        JsonValueKind.Array => audience.GetArrayLength() == 1 && audience[0].ValueKind == JsonValueKind.String && audience[0].GetString() == service,
        _ => false,
    };

    private static string? Text(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
