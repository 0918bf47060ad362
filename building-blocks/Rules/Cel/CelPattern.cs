using System.Text;
using System.Text.RegularExpressions;

namespace Gengdu.Rules.Cel;

/// <summary>
/// Regular expressions that mean the same in .NET and in JavaScript without flags. What differs is rewritten ($ . \s) or refused
/// (\p, lookbehind, inline options, named groups).
/// </summary>
internal static class CelPattern
{
    private const string JavaScriptBlanks = @"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";
    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ArgumentException">The pattern is malformed or uses something outside the common subset.</exception>
    public static Regex Compile(string pattern) => new(Translate(pattern), RegexOptions.ECMAScript | RegexOptions.Compiled, s_limit);

    /// <summary>Whether it matches, or null when it takes too long.</summary>
    public static bool? IsMatch(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
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
            else if (c == '(' && i + 2 < pattern.Length && pattern[i + 1] == '?' && !inClass && pattern[i + 2] is not (':' or '=' or '!'))
                throw new ArgumentException("the pattern uses a group that the browser doesn't know");
            else if (c == '[' && inClass) result.Append(@"\[");
            else if (c == '$' && !inClass) result.Append(@"(?![\s\S])");
            else if (c == '.' && !inClass) result.Append(@"[^\n\r\u2028\u2029]");
            else result.Append(c);
            inClass = c switch { '[' => true, ']' => false, _ => inClass };
        }
        return result.ToString();
    }

    private static string Escape(string pattern, int at, bool inClass) => at < pattern.Length
        ? pattern[at] switch
        {
            's' => inClass ? JavaScriptBlanks : $"[{JavaScriptBlanks}]",
            'S' when !inClass => $"[^{JavaScriptBlanks}]",
            'd' or 'D' or 'w' or 'W' or 't' or 'n' or 'r' or 'f' or 'v' or 'x' or 'u' or 'b' or 'B' => "\\" + pattern[at],
            _ when char.IsAsciiLetterOrDigit(pattern[at]) => throw new ArgumentException($"the pattern uses \\{pattern[at]}, which the two sides read differently"),
            _ => "\\" + pattern[at],
        }
        : throw new ArgumentException("the pattern ends with a backslash");
}
