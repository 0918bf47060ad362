using System.Globalization;
using System.Text;

namespace Gengdu.Rules.Cel;

/// <summary>Reads a quoted string: single, double or triple quotes, raw or with CEL's escapes.</summary>
internal static class CelStringLiteral
{
    public static string Read(string text, ref int position, bool raw)
    {
        var start = position;
        var quote = text[start];
        var triple = start + 2 < text.Length && text[start + 1] == quote && text[start + 2] == quote;
        var contentStart = start + (triple ? 3 : 1);
        for (var i = contentStart; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\') i++;
            else if (c == quote && !triple) return Content(text, contentStart, i, position = i + 1, raw);
            else if (c == quote && i + 2 < text.Length && text[i + 1] == quote && text[i + 2] == quote)
                return Content(text, contentStart, i, position = i + 3, raw);
            else if (c is '\n' or '\r' && !triple) throw new CelCompileException("a line ends inside a string", text, i);
        }
        throw new CelCompileException("the string has no closing quote", text, start);
    }

    private static string Content(string text, int from, int to, int _, bool raw)
    {
        if (raw || text.IndexOf('\\', from, to - from) < 0) return text[from..to];
        var result = new StringBuilder(to - from);
        for (var i = from; i < to;)
        {
            if (text[i] == '\\') i += Escape(text, i, to, result);
            else result.Append(text[i++]);
        }
        return result.ToString();
    }

    private static int Escape(string text, int at, int to, StringBuilder result)
    {
        var c = at + 1 < to ? text[at + 1] : '\0';
        const string simple = "\\?\"'`abfnrtv";
        const string meaning = "\\?\"'`\a\b\f\n\r\t\v";
        if (simple.IndexOf(c, StringComparison.Ordinal) is >= 0 and var index)
        {
            result.Append(meaning[index]);
            return 2;
        }
        var digits = c switch { 'x' or 'X' => 2, 'u' => 4, 'U' => 8, _ => throw Bad(text, at) };
        if (at + 2 + digits > to || !uint.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code)) throw Bad(text, at);
        result.Append(new Rune(code).ToString());
        return 2 + digits;
    }

    private static CelCompileException Bad(string text, int at) => new("unknown escape in a string", text, at);
}
