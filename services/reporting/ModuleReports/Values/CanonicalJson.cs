using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Gengdu.Reporting.ModuleReports.Values;

/// <summary>
/// One way to write a JSON document (RFC 8785: members sorted by UTF-16, no blanks, shortest numbers), so that whoever holds a
/// revision can compute the hash of its receipt again.
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <returns>Lower-case hex.</returns>
    public static string Sha256(JsonElement document) => Sha256(writer => Write(writer, document));

    /// <summary>For a document written member by member; the caller keeps the order.</summary>
    public static string Sha256(Action<Utf8JsonWriter> write) => Convert.ToHexStringLower(SHA256.HashData(Bytes(write).WrittenSpan));

    public static string Text(JsonElement document) => Encoding.UTF8.GetString(Bytes(writer => Write(writer, document)).WrittenSpan);

    public static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(element.GetDouble()), skipInputValidation: true);
                break;
            case JsonValueKind.String:
                writer.WriteRawValue(String(element.GetString()!), skipInputValidation: true);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static ArrayBufferWriter<byte> Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var writer = new Utf8JsonWriter(buffer, Plain);
        write(writer);
        writer.Flush();
        return buffer;
    }

    /// <summary>As JSON.stringify writes it: the writer's own encoder spells emoji and some marks as escapes, a browser does not.</summary>
    internal static string String(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>1.0 and 1 are the same value. Stored numbers lie between 1e-6 and 1e15, where no exponent is written.</summary>
    internal static string Number(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return shortest.Contains('E', StringComparison.Ordinal)
            ? decimal.Parse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.#############################", CultureInfo.InvariantCulture)
            : shortest == "-0" ? "0" : shortest;
    }
}
