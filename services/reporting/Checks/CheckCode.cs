using System.Security.Cryptography;
using System.Text;

namespace Gengdu.Reporting.Checks;

/// <summary>
/// The code of a receipt that anybody may check: 19 random signs of 5 bits (95 bits, nobody finds one by trying) and one check
/// sign, in Crockford's alphabet without I, L, O and U. Printed in groups of four, stored without dashes.
/// </summary>
internal static class CheckCode
{
    public const int Length = 20;
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Length - 1);
        return code + Alphabet[Twice(Sum(code))];
    }

    /// <summary>What somebody typed, as it is stored; null when no code can be meant: its length, a strange sign, or a slip that the check sign shows.</summary>
    public static string? Read(string? typed)
    {
        var code = new StringBuilder(Length);
        foreach (var sign in typed ?? "")
        {
            if (sign is '-' or ' ' or '\u2013' or '\u00a0' or '\u3000')
            {
                continue;
            }

            // Full-width letters and digits lie at one distance from the plain ones.
            var plain = char.ToUpperInvariant(sign is >= '\uff01' and <= '\uff5e' ? (char)(sign - 0xfee0) : sign) switch { 'O' => '0', 'I' or 'L' => '1', var other => other };
            if (code.Length == Length || !Alphabet.Contains(plain, StringComparison.Ordinal))
            {
                return null;
            }

            code.Append(plain);
        }

        return code.Length == Length && Sum(code.ToString()) == 0 ? code.ToString() : null;
    }

    /// <summary>As it is printed: "7K3M-…".</summary>
    public static string Printed(string code) => string.Join('-', code.Chunk(4).Select(group => new string(group)));

    // A polynomial over the field of 32 elements: each place has a factor of its own, so one wrong sign always shows, and so do two that changed places.
    private static int Sum(string code) => code.Aggregate(0, (sum, sign) => Twice(sum) ^ Alphabet.IndexOf(sign, StringComparison.Ordinal));

    private static int Twice(int element) => (element << 1) ^ ((element & 16) == 0 ? 0 : 0b100101);
}
