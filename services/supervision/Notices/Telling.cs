using System.Text.RegularExpressions;

namespace Gengdu.Supervision.Notices;

/// <summary>What is to be told, and to whom: one person, or whoever has one of the roles at an organisation today.</summary>
internal sealed partial record Telling
{
    /// <summary>One of <see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Once for ever for each person told, e.g. "module-returned:{reviewId}:{version}".</summary>
    public required string Key { get; init; }

    /// <summary>Which organisation it is about. Inside a request it has to lie in the caller's sight, as whatever the caller acts on does.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Its path.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>Path of the page with the act: "/review/…".</summary>
    public required string Link { get; init; }

    /// <summary>
    /// "moduleZh" and "moduleEn" fill {module} in the reader's language; "dueAt" (<see cref="TimeArg"/>) is shown as a time;
    /// anything else as it stands. No names of people and no words that somebody wrote.
    /// </summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();

    /// <summary>Does not wait for the digest.</summary>
    public bool Urgent { get; init; }

    /// <summary>The one who is told; else <see cref="At"/> and <see cref="Roles"/> say who.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>At which organisation.</summary>
    public Guid? At { get; init; }

    /// <summary>Who there.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [];

    /// <summary>Whoever did it knows already.</summary>
    public Guid? Except { get; init; }

    /// <summary>How a time stands in <see cref="Args"/>; its name ends in "At".</summary>
    public static string TimeArg(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">It could not be shown or would lead out of the web app: a mistake in the code that raises it.</exception>
    public void Check()
    {
        if (Key.Length is 0 or > NoticeRaising.LongestKey)
        {
            throw new ArgumentException($"The key of a notice has 1 to {NoticeRaising.LongestKey} characters: {Key}");
        }

        if (Link.Length > NoticeRaising.LongestLink || !WithinTheApp().IsMatch(Link))
        {
            throw new ArgumentException($"A notice leads to a page of the web app: {Link}");
        }

        if (NoticeKinds.Missing(Kind, Args) is { } missing)
        {
            throw new ArgumentException($"Notice of kind {Kind}: {missing}");
        }

        if (!NoticeKinds.MayLead(Kind, Link))
        {
            throw new ArgumentException($"Notice of kind {Kind}: its links in notice-kinds.json do not know {Link}");
        }
    }

    [GeneratedRegex(@"^/(?![/\\])[A-Za-z0-9/_.~?=&%#-]*\z")]
    private static partial Regex WithinTheApp();
}
