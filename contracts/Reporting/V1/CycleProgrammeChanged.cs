using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>
/// A running cycle goes on with another version of its programme. Reports in flight keep theirs, so revisions of both versions follow:
/// each says its own. Keep the highest <see cref="Number"/> of each cycle.
/// </summary>
[MessageUrn("event:gengdu-reporting-v1-cycle-programme-changed")]
[EntityName("gengdu.reporting.v1.cycle-programme-changed")]
public sealed record CycleProgrammeChanged
{
    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Programme key; it stays.</summary>
    public required string ProgrammeKey { get; init; }

    /// <summary>The version from now on: figures of the cycle are made with its formulas.</summary>
    public required string ProgrammeVersion { get; init; }

    /// <summary>1 for the first change of the cycle, then without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }
}
