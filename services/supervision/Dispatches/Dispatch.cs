using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Supervision.Dispatches;

/// <summary>
/// A county says that it is complete in a cycle, except the schools it names (县级上报). It holds nothing back: modules go up as
/// they are approved. The latest one of a county counts.
/// </summary>
internal sealed class Dispatch
{
    private readonly List<DispatchGap> _gaps = [];

    private Dispatch()
    {
    }

    public Guid Id { get; private init; }
    public Guid CycleId { get; private init; }

    /// <summary>The county.</summary>
    public Guid OrganisationId { get; private init; }

    public string OrganisationPath { get; private init; } = "";

    /// <summary>1 for the county's first of the cycle.</summary>
    public int Round { get; private init; }

    /// <summary>Schools that owed something at that moment.</summary>
    public int Owed { get; private init; }

    public DateTimeOffset SentAt { get; private init; }
    public Guid SentBy { get; private init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }

    /// <summary>Whether the city allowed the gaps; null while nobody decided, and where there are none.</summary>
    public bool? Allowed { get; private set; }

    public string? Note { get; private set; }

    /// <summary>Grows by one with each act.</summary>
    public long Version { get; private set; }

    public IReadOnlyList<DispatchGap> Gaps => _gaps;

    public DispatchState State => Gaps.Count == 0 ? DispatchState.Complete
        : Allowed switch { null => DispatchState.Waiting, true => DispatchState.Allowed, false => DispatchState.Refused };

    public static Dispatch Send(Guid cycleId, Organisation county, int round, int owed, IEnumerable<DispatchGap> gaps, Guid by, DateTimeOffset now)
    {
        var dispatch = new Dispatch
        {
            Id = Guid.CreateVersion7(now),
            CycleId = cycleId,
            OrganisationId = county.Id,
            OrganisationPath = county.Path,
            Round = round,
            Owed = owed,
            SentAt = now,
            SentBy = by,
            Version = 1,
        };
        dispatch._gaps.AddRange(gaps.Select(gap => gap.In(dispatch.Id)));
        return dispatch;
    }

    /// <summary>The city's answer to the gaps.</summary>
    public Problem? Decide(bool allow, string? note, Guid by, DateTimeOffset now)
    {
        if (RefuseDecision(by) is { } problem)
        {
            return problem;
        }

        (Allowed, Note, DecidedAt, DecidedBy, Version) = (allow, note, now, by, Version + 1);
        return null;
    }

    public Problem? RefuseDecision(Guid by) =>
        State != DispatchState.Waiting ? DispatchProblems.NothingToDecide
        : by == SentBy ? Reviews.ReviewProblems.OwnWork
        : null;
}

/// <summary>A school that is not there yet, and why.</summary>
internal sealed class DispatchGap
{
    public Guid DispatchId { get; private init; }
    public required Guid ReportId { get; init; }
    public required Guid OrganisationId { get; init; }

    /// <summary>One of <see cref="GapReasons"/>.</summary>
    public required string Code { get; init; }

    public required string Text { get; init; }

    public DispatchGap In(Guid dispatchId) => new() { DispatchId = dispatchId, ReportId = ReportId, OrganisationId = OrganisationId, Code = Code, Text = Text };
}

/// <summary>Where a county's dispatch stands.</summary>
public enum DispatchState
{
    /// <summary>Without gaps: nothing to decide.</summary>
    Complete,

    /// <summary>With gaps; the city has not answered.</summary>
    Waiting,

    /// <summary>The city allowed the gaps.</summary>
    Allowed,

    /// <summary>The city did not: the county sends again.</summary>
    Refused,
}

/// <summary>Why a school is missing.</summary>
internal static class GapReasons
{
    public static readonly string[] All = ["disaster", "staff", "technical", "reorganised", "correcting", "other"];
}
