using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>A cycle was closed: nothing more is taken for it.</summary>
[MessageUrn("event:gengdu-reporting-v1-cycle-closed")]
[EntityName("gengdu.reporting.v1.cycle-closed")]
public sealed record CycleClosed
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ClosedAt { get; init; }
}
