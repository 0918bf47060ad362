using System.Text.RegularExpressions;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>
/// Marks by which a leak is recognised wherever it turns up: "cnry.A1S1.draft" in what A1S1 typed, and the ids of what
/// belongs to it. A mark says whose it is and what kind of thing was seen.
/// </summary>
internal sealed partial class Canaries
{
    private readonly Dictionary<Guid, (string Place, string Kind)> _ids = [];

    /// <summary>Name of the place.</summary>
    public const string Name = "name";

    /// <summary>Account at the place.</summary>
    public const string Person = "user";

    /// <summary>Typed and not submitted: the organisation's own people alone.</summary>
    public const string Draft = "draft";

    /// <summary>Submitted: its own people and the line of review.</summary>
    public const string Submitted = "text";

    /// <summary>The reviewer's words to the school.</summary>
    public const string Reason = "why";

    /// <summary>Id of a report, a module of it, a review.</summary>
    public const string Report = "report";

    public static string Of(string place, string kind) => $"cnry.{place}.{kind}";

    public void Know(Guid id, string place, string kind) => _ids[id] = (place, kind);

    /// <summary>All marks in a text, apart from what the request itself said.</summary>
    public IEnumerable<(string Place, string Kind)> In(string text, string said)
    {
        foreach (var match in Mark().Matches(text).Where(match => !said.Contains(match.Value, StringComparison.Ordinal)))
        {
            yield return (match.Groups[1].Value, match.Groups[2].Value);
        }

        foreach (var match in Id().Matches(text).Where(match => !said.Contains(match.Value, StringComparison.OrdinalIgnoreCase)))
        {
            if (_ids.TryGetValue(Guid.Parse(match.Value), out var known))
            {
                yield return known;
            }
        }
    }

    /// <summary>Whether somebody may come across such a mark in an answer.</summary>
    public static bool MaySee(Identity who, string place, string kind) => kind switch
    {
        Name => who.Sees(place) || who.StandsWithin(place),
        Person => who.May(place, "administrator", "security-administrator", "auditor") || who.Rights.Any(right => right.Place == place),
        Draft => who.Is(place, "reporter", "approver"),
        Submitted or Reason => who.Is(place, "reporter", "approver") || who.May(place, Identity.Reviewers),
        _ => who.Sees(place),
    };

    [GeneratedRegex(@"cnry\.([A-Z0-9]+)\.([a-z]+)")]
    private static partial Regex Mark();

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Id();
}
