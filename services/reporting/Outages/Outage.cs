namespace Gengdu.Reporting.Outages;

/// <summary>
/// A time in which nobody could submit, because the service itself was away. Noticed by the service when it is back
/// (<see cref="Pulse"/>), or said by the province owner of what the service cannot notice: a network, the gateway.
/// </summary>
internal sealed class Outage
{
    /// <summary>An outage counts for a window when it touches this much of its end: who meant to submit in the last hours has lost some of them.</summary>
    public static readonly TimeSpan BeforeTheEnd = TimeSpan.FromHours(4);

    public required Guid Id { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required DateTimeOffset NoticedAt { get; init; }

    /// <summary>As it was given then: a later setting does not change what was promised.</summary>
    public required int GraceMinutes { get; init; }

    /// <summary>Why, when a person said it; null when the service noticed by itself.</summary>
    public string? Reason { get; init; }

    public Guid? DeclaredBy { get; init; }

    /// <summary>
    /// The end of a window after these outages: each that touches its last hours, or the time they gave, moves it to the grace after
    /// the window's own end or the outage's, whichever is later. Never earlier than it was.
    /// </summary>
    public static DateTimeOffset Extend(DateTimeOffset end, IEnumerable<Outage> outages)
    {
        var extended = end;
        foreach (var outage in outages.OrderBy(outage => outage.StartedAt))
        {
            if (outage.StartedAt <= extended && outage.EndedAt >= end - BeforeTheEnd)
            {
                var due = (outage.EndedAt > end ? outage.EndedAt : end) + TimeSpan.FromMinutes(outage.GraceMinutes);
                extended = due > extended ? due : extended;
            }
        }

        return extended;
    }
}
