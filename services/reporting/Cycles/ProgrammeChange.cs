namespace Gengdu.Reporting.Cycles;

/// <summary>The province owner's decision about the form of a running cycle, with the reason everybody reads. Never changed.</summary>
internal sealed class ProgrammeChange
{
    public required Guid Id { get; init; }

    public required Guid CycleId { get; init; }

    public required string FromVersion { get; init; }

    /// <summary>The same as before when only the date was set.</summary>
    public required string ToVersion { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset? RequiredBy { get; init; }

    public required Guid ChangedBy { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}
