using System.Collections.Frozen;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.People;

/// <summary>
/// Long enough, and nothing that everybody tries first. No demands on kinds of characters: they make people write
/// "Password1!".
/// </summary>
internal static class PasswordPolicy
{
    public const int Shortest = 10;
    public const int Longest = 128;

    private static readonly FrozenSet<string> Common = Read().ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly string[] Rows = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"];

    // With a number or a sign behind, these are what is tried next.
    private static readonly FrozenSet<string> Stems = new[] { "password", "passw0rd", "p@ssw0rd", "qwerty", "qwertyuiop", "admin", "administrator", "welcome", "iloveyou", "woaini", "letmein", "gengdu", "hebei", "laodong", "jiaoyu", "xuexiao" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why not; null when it will do.</summary>
    public static Text? Refuse(string password, string userName) =>
        password.Length is < Shortest or > Longest ? PersonProblems.PasswordLength
        : IsMostly(password, userName) ? PersonProblems.PasswordIsName
        : Common.Contains(password) || Stems.Contains(password.TrimEnd("0123456789!@#$%^&*._-?".ToCharArray())) || Repeats(password) || Rows.Any(row => Runs(password, row)) ? PersonProblems.PasswordCommon
        : null;

    private static bool IsMostly(string password, string userName) =>
        userName.Length >= 3 && password.Contains(userName, StringComparison.OrdinalIgnoreCase) && password.Length - userName.Length < 6;

    /// <summary>"aaaaaaaaaa", "ababababab", "123412341234".</summary>
    private static bool Repeats(string password) =>
        Enumerable.Range(1, 4).Any(length => Enumerable.Range(0, password.Length).All(i => password[i] == password[i % length]));

    /// <summary>A stretch of keys or letters, forwards or backwards.</summary>
    private static bool Runs(string password, string row)
    {
        var backwards = string.Concat(row.Reverse());
        return (row + row).Contains(password, StringComparison.OrdinalIgnoreCase) || (backwards + backwards).Contains(password, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Read()
    {
        using var reader = new StreamReader(typeof(PasswordPolicy).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        while (reader.ReadLine() is { } line)
        {
            yield return line.Trim();
        }
    }
}
