using System.Security.Cryptography;

namespace Gengdu.Identity.Protocol;

/// <summary>Codes that people read off paper: five bits a character, no letters that look like digits.</summary>
internal static class TypedCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Random, in groups of four.</summary>
    public static string New(int groups) => string.Join('-', Enumerable.Range(0, groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));

    /// <summary>As it is kept: however it was typed, with or without dashes, O for 0 or l for 1.</summary>
    public static string Hash(string typed) => Secrets.Hash(string.Concat(Plain(typed).Select(c => char.ToUpperInvariant(c) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    })));

    /// <summary>Letters and digits only; full-width ones, as a Chinese keyboard makes them, become ordinary.</summary>
    public static string Plain(string typed) => string.Concat(typed.Select(c => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c).Where(char.IsAsciiLetterOrDigit));
}
