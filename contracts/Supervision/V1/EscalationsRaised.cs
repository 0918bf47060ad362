using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>
/// A step of the escalation ladder was climbed: one organisation is told of those that hold something for too long, at most 500 an
/// event. Each step of each holder once for ever. Announced to other systems: nobody inside has to listen.
/// </summary>
[MessageUrn("event:gengdu-supervision-v1-escalations-raised")]
[EntityName("gengdu.supervision.v1.escalations-raised")]
public sealed record EscalationsRaised
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>What they hold: "not-submitted", "returned", "county-review", "city-review" or "province-review".</summary>
    public required string State { get; init; }

    /// <summary>Which step, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>Who is told; the holder itself at the first step.</summary>
    public required Guid ToldOrganisationId { get; init; }

    /// <summary>As what it is told: "school", "county", "city" or "province".</summary>
    public required string ToldLevel { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until when it has to be acknowledged before the next step follows, UTC.</summary>
    public required DateTimeOffset AnswerBy { get; init; }

    /// <summary>Who is late.</summary>
    public required IReadOnlyList<PressedHolder> Items { get; init; }
}
