using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Urges;

namespace Gengdu.Supervision.Clocks;

/// <summary>
/// One step of the ladder that was climbed for what one organisation holds in one state of one cycle. Raised once, whoever ticks
/// and how often; answered at most once; ended when nothing late is held any more. All of them are the history.
/// </summary>
internal sealed class Escalation
{
    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required HeldState State { get; init; }

    public required Guid HolderId { get; init; }

    /// <summary>Present path: follows moves.</summary>
    public required string HolderPath { get; init; }

    public required ReviewLevel HolderLevel { get; init; }

    /// <summary>1 for the first time this holder was late in this state, 2 when it was late again after all had been done.</summary>
    public required int Episode { get; init; }

    /// <summary>1-based place of the step in the configuration.</summary>
    public required int Step { get; init; }

    /// <summary>Who was told.</summary>
    public required Guid ToldId { get; init; }

    public required ReviewLevel ToldLevel { get; init; }

    public required int Reports { get; init; }

    public required int Modules { get; init; }

    public required DateTimeOffset OldestSince { get; init; }

    /// <summary>The report that has waited longest.</summary>
    public required Guid ReportId { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Later than raised in quiet hours.</summary>
    public required DateTimeOffset DeliverAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>Without an acknowledgement until then the next step is climbed.</summary>
    public required DateTimeOffset AnswerBy { get; init; }

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? DoneBy { get; private set; }

    public Answer? Answer => AnsweredBy is { } by ? new(by, AnsweredAt!.Value, DoneBy!.Value) : null;

    /// <summary>When nothing late was left.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public Rung Rung => new(AnswerBy, DoneBy);

    public IReadOnlyList<string> ToldRoles => ToldId == HolderId && ToldLevel == HolderLevel ? State.RolesOf() : [ToldLevel.RoleOf()];

    public bool Addresses(Caller caller) => caller.Rights.Any(right => right.OrganisationId == ToldId && ToldRoles.Contains(right.Role));

    /// <summary>Somebody of the organisation that was told has seen it: the next step waits until the promised time.</summary>
    public Problem? Acknowledge(Answer answer)
    {
        if (Answer is { } given)
        {
            return UrgeProblems.AlreadyAnswered(given.DoneBy);
        }

        (AnsweredBy, AnsweredAt, DoneBy) = (answer.By, answer.At, answer.DoneBy);
        return null;
    }
}
