using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// One text a row holds all that it is found by, a line each: name, readings, initials, English name, codes of today and before.
/// Looking through it is one comparison a row; fifteen thousand rows take some milliseconds, and the scope cuts them first.
/// </summary>
internal static class OrganisationSearch
{
    public static string TextOf(string nameZh, string nameEn, IEnumerable<string> codes) =>
        $"\n{string.Join('\n', [Plain(nameZh), .. Pinyin.ReadingsOf(nameZh), Plain(nameEn), .. codes])}\n";

    /// <summary>Part of a name or of its reading, or the beginning of a code.</summary>
    public static IQueryable<Organisation> Matching(this IQueryable<Organisation> rows, string search)
    {
        var plain = Plain(search);
        // A code begins a line; four digits in the middle of codes would find half the province.
        var pattern = plain.Length > 0 && plain.All(char.IsAsciiDigit) ? $"%\n{plain}%" : $"%{plain}%";
        return plain.Length == 0 ? rows.Where(o => false) : rows.Where(o => EF.Functions.Like(o.SearchText, pattern));
    }

    /// <summary>As typed with a keyboard: no blanks, apostrophes, hyphens or signs; ü is v. What is left needs no escaping.</summary>
    private static string Plain(string text) =>
        string.Concat(text.Normalize(System.Text.NormalizationForm.FormKC).Replace('ü', 'v').Replace('Ü', 'v').Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
