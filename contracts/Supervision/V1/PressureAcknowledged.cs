using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>Somebody of the organisation that was urged or told has seen it and said when it will be done. Once for each urge and step. Announced to other systems: nobody inside has to listen.</summary>
[MessageUrn("event:gengdu-supervision-v1-pressure-acknowledged")]
[EntityName("gengdu.supervision.v1.pressure-acknowledged")]
public sealed record PressureAcknowledged
{
    /// <summary>Person who acknowledged.</summary>
    public required Guid By { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Until then the next step of the ladder waits, UTC.</summary>
    public required DateTimeOffset DoneBy { get; init; }

    /// <summary>Urges.</summary>
    public required IReadOnlyList<Guid> UrgeIds { get; init; }

    /// <summary>Steps of the ladder.</summary>
    public required IReadOnlyList<Guid> EscalationIds { get; init; }
}
