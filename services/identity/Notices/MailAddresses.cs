using System.Text.RegularExpressions;

namespace Gengdu.Identity.Notices;

/// <summary>What may stand as an address. Narrower than the standard: no quotes, comments or blanks, so that nothing of it can become a header.</summary>
internal static partial class MailAddresses
{
    public static bool IsOne(string text) => text.Length <= 254 && Mail().IsMatch(text);

    /// <summary>A mobile number of mainland China, or an international one.</summary>
    public static bool IsPhone(string text) => Phone().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+){0,10}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])\z")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^(1[3-9][0-9]{9}|\+[1-9][0-9]{6,14})\z")]
    private static partial Regex Phone();
}
