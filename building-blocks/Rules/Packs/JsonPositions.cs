using System.Text;
using System.Text.Json;

namespace Gengdu.Rules.Packs;

/// <summary>Where each value of a JSON text starts, by JSON pointer (/rules/3/expr).</summary>
internal sealed class JsonPositions
{
    private readonly byte[] _utf8;
    private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);

    /// <exception cref="JsonException">The text isn't JSON, or an object has a key twice.</exception>
    public JsonPositions(byte[] utf8)
    {
        _utf8 = utf8;
        var reader = new Utf8JsonReader(utf8);
        if (reader.Read()) Value(ref reader, "");
        if (reader.Read()) throw new JsonException("more than one value");
    }

    /// <summary>Line and column (from 1) of a value; <paramref name="offset"/> counts characters inside a string value.</summary>
    public (int Line, int Column) Of(string pointer, int offset = 0)
    {
        while (!_starts.ContainsKey(pointer) && pointer.Length > 0) pointer = pointer[..Math.Max(0, pointer.LastIndexOf('/'))];
        var start = _starts.GetValueOrDefault(pointer);
        if (offset > 0 || (start < _utf8.Length && _utf8[start] == '"')) start = Inside(start, offset);
        var before = _utf8.AsSpan(0, start);
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    /// <summary>The byte at which the character with this index of a JSON string stands.</summary>
    private int Inside(int start, int offset)
    {
        var at = start + 1;
        for (; offset > 0 && at < _utf8.Length && _utf8[at] != '"'; offset--)
        {
            if (_utf8[at] == '\\') at += _utf8[at + 1] == 'u' ? 6 : 2;
            else do at++; while (at < _utf8.Length && (_utf8[at] & 0xC0) == 0x80);
        }
        return at;
    }

    private void Value(ref Utf8JsonReader reader, string pointer)
    {
        _starts[pointer] = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var child = $"{pointer}/{reader.GetString()}";
                if (_starts.ContainsKey(child)) throw Duplicate(reader);
                reader.Read();
                Value(ref reader, child);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++) Value(ref reader, $"{pointer}/{index}");
        }
    }

    private JsonException Duplicate(Utf8JsonReader reader)
    {
        var before = _utf8.AsSpan(0, (int)reader.TokenStartIndex);
        return new JsonException($"the key '{reader.GetString()}' appears twice", null, before.Count((byte)'\n'), before.Length - before.LastIndexOf((byte)'\n') - 1);
    }
}
