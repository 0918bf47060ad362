using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Reviews;

namespace Gengdu.Supervision.Urges;

/// <summary>
/// 催办: a level above pressed an organisation for what it holds in one state of one cycle. Written once; delivery and the answer
/// are filled in later.
/// </summary>
internal sealed class Urge
{
    public required Guid Id { get; init; }

    /// <summary>All that were raised by one click.</summary>
    public required Guid BatchId { get; init; }

    public required Guid CycleId { get; init; }

    public required HeldState State { get; init; }

    public required Guid HolderId { get; init; }

    /// <summary>Present path: follows moves.</summary>
    public required string HolderPath { get; init; }

    /// <summary>As what it holds: an organisation may be county and city at once.</summary>
    public required ReviewLevel HolderLevel { get; init; }

    public required Guid By { get; init; }

    public required Guid ByOrganisationId { get; init; }

    /// <summary>The words given along; null for none.</summary>
    public string? Words { get; init; }

    public required int Reports { get; init; }

    public required int Modules { get; init; }

    public required DateTimeOffset OldestSince { get; init; }

    /// <summary>The report that has waited longest; where the notice leads.</summary>
    public required Guid ReportId { get; init; }

    public required DateTimeOffset RaisedAt { get; init; }

    /// <summary>Later than raised in quiet hours.</summary>
    public required DateTimeOffset DeliverAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>How many persons were told; 0 where nobody holds the role.</summary>
    public int People { get; set; }

    public Guid? AnsweredBy { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public DateTimeOffset? DoneBy { get; private set; }

    public Answer? Answer => AnsweredBy is { } by ? new(by, AnsweredAt!.Value, DoneBy!.Value) : null;

    /// <summary>Whether it was told to the caller's organisation, in a role of the caller's.</summary>
    public bool Addresses(Caller caller) => caller.Rights.Any(right => right.OrganisationId == HolderId && State.RolesOf().Contains(right.Role));

    /// <summary>Somebody of the organisation that was urged has seen it.</summary>
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

/// <summary>"I have seen it, done by …".</summary>
/// <param name="DoneBy">The end of the countdown.</param>
internal sealed record Answer(Guid By, DateTimeOffset At, DateTimeOffset DoneBy);
