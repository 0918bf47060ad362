using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gengdu.Supervision.Notices;

/// <summary>
/// The kinds of notices there are, from contracts/Supervision/notice-kinds.json: one text in each language, for the page and
/// for the mail alike. A part in square brackets is left out where one of its args is missing.
/// </summary>
internal static partial class NoticeKinds
{
    private const string Resource = "notice-kinds.json";

    public static IReadOnlyDictionary<string, NoticeKind> All { get; } = Read();

    private static readonly Dictionary<string, Regex[]> Pages = All.ToDictionary(kind => kind.Key, kind => (kind.Value.Links ?? []).Select(Page).ToArray());

    /// <summary>Null when all that the texts need is there; else what is not.</summary>
    public static string? Missing(string kind, IReadOnlyDictionary<string, string> args)
    {
        if (!All.TryGetValue(kind, out var known))
        {
            return $"is not in {Resource}";
        }

        var missing = Lacking(known.Zh, args, "Zh").Concat(Lacking(known.En, args, "En")).ToList();
        return missing.Count == 0 ? null : $"lacks {string.Join(", ", missing)}";
    }

    /// <summary>Whether a kind may lead there.</summary>
    public static bool MayLead(string kind, string link) => Pages.TryGetValue(kind, out var pages) && pages.Any(page => page.IsMatch(link));

    private static Regex Page(string template) =>
        new($@"\A{string.Join("[A-Za-z0-9_-]+", Placeholder().Split(template).Where((_, i) => i % 2 == 0).Select(Regex.Escape))}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static IEnumerable<string> Lacking(NoticeWords words, IReadOnlyDictionary<string, string> args, string language) =>
        Placeholder().Matches(Optional().Replace($"{words.Title}\n{words.Text}", "")).Select(match => match.Groups[1].Value)
            .Where(name => !args.ContainsKey(name) && !args.ContainsKey(name + language)).Select(name => name + language);

    private static Dictionary<string, NoticeKind> Read()
    {
        using var stream = typeof(NoticeKinds).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, NoticeKind>>(stream, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Optional();
}

/// <summary>A kind's texts, and the pages it may lead to: "/fill/{report}". The web's tests hold each of them to be a page.</summary>
internal sealed record NoticeKind(NoticeWords Zh, NoticeWords En, IReadOnlyList<string>? Links);

internal sealed record NoticeWords(string Title, string Text);
