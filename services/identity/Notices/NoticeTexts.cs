using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gengdu.Identity.Notices;

/// <summary>
/// Texts by kind from contracts/Supervision/notice-kinds.json, filled exactly as the web app fills them: {module} from "moduleZh"
/// or "moduleEn", {dueAt} as a time of the province, anything else as it stands; [parts] with an empty hole are left out.
/// </summary>
internal static partial class NoticeTexts
{
    private static readonly Dictionary<string, NoticeKind> Kinds = Read();

    public static IEnumerable<string> All => Kinds.Keys;

    /// <summary>Without line breaks and other control characters, whatever the args hold: a title becomes the header of a mail.</summary>
    public static NoticeWords Fill(string kind, IReadOnlyDictionary<string, string> args, string language)
    {
        if (!Kinds.TryGetValue(kind, out var known))
        {
            // Supervision is newer than we are: the page it leads to knows.
            return language == "zh" ? new("有一条新通知", "请打开页面查看。") : new("A new notice", "Open the page to read it.");
        }

        var words = language == "zh" ? known.Zh : known.En;
        return new(Filled(words.Title, args, language), Filled(words.Text, args, language));
    }

    private static string Filled(string text, IReadOnlyDictionary<string, string> args, string language)
    {
        var without = Optional().Replace(text, part => Hole().Matches(part.Groups[1].Value).All(hole => !string.IsNullOrEmpty(Value(hole.Groups[1].Value, args, language))) ? part.Groups[1].Value : "");
        var filled = Hole().Replace(without, hole => Value(hole.Groups[1].Value, args, language) ?? "");
        return Control().Replace(filled, " ").Trim();
    }

    private static string? Value(string name, IReadOnlyDictionary<string, string> args, string language)
    {
        if (args.TryGetValue(name + (language == "zh" ? "Zh" : "En"), out var own))
        {
            return own;
        }

        if (!args.TryGetValue(name, out var plain))
        {
            return null;
        }

        return name.EndsWith("At", StringComparison.Ordinal) && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, out var time)
            ? time.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : plain;
    }

    private static Dictionary<string, NoticeKind> Read()
    {
        using var stream = typeof(NoticeTexts).Assembly.GetManifestResourceStream("notice-kinds.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, NoticeKind>>(stream, JsonSerializerOptions.Web)!;
    }

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\[([^\]]*)\]")]
    private static partial Regex Optional();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+")]
    private static partial Regex Control();
}

internal sealed record NoticeKind(NoticeWords Zh, NoticeWords En);

internal sealed record NoticeWords(string Title, string Text);
