using Gengdu.Rules;

namespace Gengdu.Reporting.Peers;

/// <summary>What everybody in a county may know of its schools of one kind: rounded figures of at least six of them.</summary>
internal sealed class PeerFigures
{
    public required Guid CycleId { get; init; }

    public required string CountyPath { get; init; }

    public required string SchoolType { get; init; }

    /// <summary>urban, town or rural; empty where the register does not say.</summary>
    public required string UrbanRural { get; init; }

    /// <summary>By indicator.</summary>
    public required IReadOnlyDictionary<string, PeerStatistics> Measures { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }
}

/// <summary>The single values a county's figures were computed of; read by the recomputation alone.</summary>
internal sealed class PeerBasis
{
    public required Guid CycleId { get; init; }

    public required string CountyPath { get; init; }

    /// <summary>By kind ("primary/rural"), indicator and organisation.</summary>
    public required IReadOnlyDictionary<string, Dictionary<string, Dictionary<Guid, double>>> Values { get; init; }

    public required DateTimeOffset ComputedAt { get; init; }
}
