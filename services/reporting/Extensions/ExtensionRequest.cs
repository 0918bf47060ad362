using Gengdu.Calendar;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Reporting.Cycles;
using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.Extensions;

/// <summary>A school or a county asks the level above for more time; the answer has a reason, and a date when it is yes.</summary>
internal sealed class ExtensionRequest
{
    /// <summary>Working days that the level above has for its answer; later ones are shown as overdue, and still decided.</summary>
    public const int AnswerWorkingDays = 2;

    /// <summary>Working days after the end of the own window in which one may still ask, while the cycle is open.</summary>
    public const int LateWorkingDays = 5;

    /// <summary>No extension reaches further.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(90);

    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>Where it stood when it asked.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>A county asks for its schools too; a school's own people for the school alone.</summary>
    public required bool CoversSubtree { get; init; }

    public required DateTimeOffset AskedUntil { get; init; }

    public required string Reason { get; init; }

    public required Guid AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When the window it asks about ended, or will.</summary>
    public required DateTimeOffset WindowEndsAt { get; init; }

    /// <summary>Two working days after it was asked.</summary>
    public required DateTimeOffset AnswerBy { get; init; }

    public RequestState State { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Answer { get; private set; }

    /// <summary>As approved; may be earlier or later than what was asked for.</summary>
    public DateTimeOffset? Until { get; private set; }

    /// <summary>Why one may not ask now; null when one may.</summary>
    public static Problem? MayAsk(Cycle cycle, DateTimeOffset windowEndsAt, DateTimeOffset until, DateTimeOffset now) => cycle.State switch
    {
        CycleState.Planned => CycleProblems.NotOpen,
        CycleState.Closed => ExtensionProblems.CycleOver(cycle.ClosedAt!.Value),
        _ when now > WorkingDays.Add(windowEndsAt, LateWorkingDays) => ExtensionProblems.TooLate(windowEndsAt, WorkingDays.Add(windowEndsAt, LateWorkingDays)),
        _ => CheckUntil(windowEndsAt, until, now),
    };

    public Problem? Decide(Cycle cycle, bool approve, DateTimeOffset? until, string answer, Guid by, DateTimeOffset now)
    {
        if (State != RequestState.Waiting)
        {
            return ExtensionProblems.AlreadyDecided;
        }

        if (by == AskedBy)
        {
            return ExtensionProblems.OwnRequest;
        }

        var granted = until ?? AskedUntil;
        if ((!approve ? null : cycle.State != CycleState.Open ? CycleProblems.NotOpen : CheckUntil(WindowEndsAt, granted, now)) is { } problem)
        {
            return problem;
        }

        (State, DecidedBy, DecidedAt, Answer, Until) = (approve ? RequestState.Approved : RequestState.Refused, by, now, answer, approve ? granted : null);
        return null;
    }

    public ExtensionRequested ToExtensionRequested() => new()
    {
        ExtensionId = Id,
        CycleId = CycleId,
        OrganisationId = OrganisationId,
        OrganisationPath = OrganisationPath,
        CoversSubtree = CoversSubtree,
        AskedUntil = AskedUntil,
        RequestedBy = AskedBy,
        RequestedAt = AskedAt,
        AnswerBy = AnswerBy,
    };

    public ExtensionDecided ToExtensionDecided() => new()
    {
        ExtensionId = Id,
        CycleId = CycleId,
        OrganisationId = OrganisationId,
        OrganisationPath = OrganisationPath,
        CoversSubtree = CoversSubtree,
        Approved = State == RequestState.Approved,
        Until = Until,
        RequestedBy = AskedBy,
        DecidedBy = DecidedBy!.Value,
        DecidedAt = DecidedAt!.Value,
    };

    private static Problem? CheckUntil(DateTimeOffset windowEndsAt, DateTimeOffset until, DateTimeOffset now) =>
        until > now && until > windowEndsAt && until <= now + Furthest ? null : ExtensionProblems.NoLater(windowEndsAt > now ? windowEndsAt : now, now + Furthest);
}
