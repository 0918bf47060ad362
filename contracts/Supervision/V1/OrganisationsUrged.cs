using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>
/// A level above pressed organisations for what they hold in one state of a cycle. At most 500 of one click; the words that went
/// along are not in it. Announced to other systems: nobody inside has to listen.
/// </summary>
[MessageUrn("event:gengdu-supervision-v1-organisations-urged")]
[EntityName("gengdu.supervision.v1.organisations-urged")]
public sealed record OrganisationsUrged
{
    /// <summary>All that were urged by one click, also over several events.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>What they hold: "not-submitted", "returned", "county-review", "city-review" or "province-review".</summary>
    public required string State { get; init; }

    /// <summary>Person who urged.</summary>
    public required Guid By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When their people are told, UTC: later in quiet hours.</summary>
    public required DateTimeOffset DeliverAt { get; init; }

    /// <summary>Who was urged.</summary>
    public required IReadOnlyList<PressedHolder> Items { get; init; }
}

/// <summary>One organisation that holds something for too long.</summary>
public sealed record PressedHolder
{
    /// <summary>The urge, or the step of the ladder.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who holds it.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>As what: "school", "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>How many reports.</summary>
    public required int Reports { get; init; }

    /// <summary>Since when the oldest, UTC.</summary>
    public required DateTimeOffset OldestSince { get; init; }
}
