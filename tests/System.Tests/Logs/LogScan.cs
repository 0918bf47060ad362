using System.Text.RegularExpressions;

namespace Gengdu.System.Tests.Logs;

/// <summary>
/// What must not stand in any log: numbers of people, whatever opens a door, and what this run itself typed as a secret. A find
/// says where and of what kind, never what: its own message goes into a log as well.
/// </summary>
internal static partial class LogScan
{
    private static readonly (string Kind, Regex Pattern)[] Patterns =
    [
        ("an identity number", IdentityNumber()), ("a telephone number", TelephoneNumber()), ("a token", Token()), ("a bearer header", Bearer()),
        ("a cookie", Cookie()), ("a password of a connection", ConnectionPassword()), ("a password in an address", AddressPassword()), ("a private key", PrivateKey()),
    ];

    /// <param name="source">Whose log, for the find.</param>
    /// <param name="lines">The log.</param>
    /// <param name="secrets">What was typed or handed out in this run, by what it is.</param>
    public static IEnumerable<string> Finds(string source, IEnumerable<string> lines, IReadOnlyDictionary<string, string> secrets)
    {
        var number = 0;
        foreach (var line in lines)
        {
            number++;
            foreach (var (kind, pattern) in Patterns)
            {
                if (pattern.IsMatch(line))
                {
                    yield return $"{source}, line {number}: {kind} in \"{Begin(line)}…\"";
                }
            }

            foreach (var (secret, what) in secrets)
            {
                if (line.Contains(secret, StringComparison.Ordinal) || line.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal))
                {
                    yield return $"{source}, line {number}: {what} in \"{Begin(line)}…\"";
                }
            }
        }
    }

    // The template of a message is at its beginning; what was put into it comes later.
    private static string Begin(string line) => Regex.Replace(line[..Math.Min(line.Length, 90)], "[0-9]{5,}", "#");

    // Digits on either side, or a neighbouring hex digit, make it a part of something longer: an id, a hash, a trace.
    [GeneratedRegex(@"(?<![0-9A-Fa-f])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Fa-f])")]
    private static partial Regex IdentityNumber();

    [GeneratedRegex(@"(?<![0-9A-Fa-f.-])1[3-9][0-9]{9}(?![0-9A-Fa-f.])")]
    private static partial Regex TelephoneNumber();

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{8,}")]
    private static partial Regex Token();

    [GeneratedRegex(@"\bBearer\s+[A-Za-z0-9._~+/=-]{12,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();

    [GeneratedRegex(@"\b(set-)?cookie\b[""']?\s*[:=]\s*[""']?[A-Za-z0-9_.-]+=", RegexOptions.IgnoreCase)]
    private static partial Regex Cookie();

    [GeneratedRegex(@"\b(password|pwd|passwd|secret)\s*[=:]\s*['""]?[^\s;'""*$]{4,}", RegexOptions.IgnoreCase)]
    private static partial Regex ConnectionPassword();

    [GeneratedRegex(@"\b[a-z]+://[^/\s:@]+:[^/\s:@*]+@")]
    private static partial Regex AddressPassword();

    [GeneratedRegex("BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex PrivateKey();
}
