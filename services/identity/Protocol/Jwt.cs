using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Identity.Protocol;

/// <summary>
/// What a signed token says, before anybody believes it. Types are as written: a list is no text, a number in quotes is no
/// number, and a member that stands there twice spoils the whole.
/// </summary>
internal sealed class Jwt
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };
    private readonly JsonElement _header;
    private readonly JsonElement _payload;

    private Jwt(JsonElement header, JsonElement payload) => (_header, _payload) = (header, payload);

    public string Algorithm => TextOf(_header, "alg") ?? "";

    public string? KeyId => TextOf(_header, "kid");

    public string? Type => _header.TryGetProperty("typ", out _) ? TextOf(_header, "typ") ?? "" : null;

    /// <summary>Asks for something we must understand and do not.</summary>
    public bool IsCritical => _header.TryGetProperty("crit", out _);

    /// <summary>Null unless it is three parts of which two are JSON objects.</summary>
    public static Jwt? Read(string token)
    {
        var parts = token.Split('.', 4);
        return parts.Length == 3 && Object(parts[0]) is { } header && Object(parts[1]) is { } payload ? new(header, payload) : null;
    }

    public bool Has(string claim) => _payload.TryGetProperty(claim, out _);

    public string? Text(string claim) => TextOf(_payload, claim);

    public long? Number(string claim) => _payload.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>A moment in seconds; null when it is none that a clock can show.</summary>
    public DateTimeOffset? Time(string claim) => Number(claim) is { } seconds and > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Object(string part)
    {
        try
        {
            using var document = JsonDocument.Parse(WebEncoders.Base64UrlDecode(part), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
