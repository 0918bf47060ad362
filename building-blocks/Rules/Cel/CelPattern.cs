using System.Text;
using System.Text.RegularExpressions;

namespace Gengdu.Rules.Cel;

/// <summary>
/// Regular expressions that mean the same in .NET and in JavaScript without flags. What differs is rewritten ($ . \s \d \w) or
/// refused (\b \p, lookaround, backreferences, inline options, named groups). Matching is linear in the text: no pattern can hang
/// a request, and there is no time limit that a busy machine could hit.
/// </summary>
internal static class CelPattern
{
    private const string Blanks = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private const string WordCharacters = "a-zA-Z0-9_";

    /// <exception cref="ArgumentException">The pattern is malformed or uses something outside the common subset.</exception>
    public static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException refused)
        {
            throw new ArgumentException("the pattern is too large or uses something not supported", refused);
        }
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\') result.Append(Escape(pattern, ++i, inClass));
            else if (inClass) result.Append(c == '[' ? @"\[" : c);
            else if (c == '(' && IsSpecialGroup(pattern, i)) throw new ArgumentException("the pattern uses a group the two sides treat differently");
            else result.Append(c switch { '$' => @"\z", '.' => @"[^\n\r\u2028\u2029]", _ => c.ToString() });
            inClass = c switch { '[' => true, ']' => false, _ => inClass };
        }
        return result.ToString();
    }

    private static bool IsSpecialGroup(string pattern, int at) =>
        at + 2 < pattern.Length && pattern[at + 1] == '?' && pattern[at + 2] != ':';

    private static string Escape(string pattern, int at, bool inClass)
    {
        if (at >= pattern.Length) throw new ArgumentException("the pattern ends with a backslash");
        var c = pattern[at];
        return c switch
        {
            's' => inClass ? Blanks : $"[{Blanks}]",
            'd' => inClass ? "0-9" : "[0-9]",
            'w' => inClass ? WordCharacters : $"[{WordCharacters}]",
            'S' when !inClass => $"[^{Blanks}]",
            'D' when !inClass => "[^0-9]",
            'W' when !inClass => $"[^{WordCharacters}]",
            't' or 'n' or 'r' or 'f' or 'v' or 'x' or 'u' => "\\" + c,
            _ when char.IsAsciiLetterOrDigit(c) => throw new ArgumentException($"the pattern uses \\{c}, which the two sides read differently"),
            _ => "\\" + c,
        };
    }
}
