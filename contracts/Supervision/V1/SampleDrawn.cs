using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>A level drew which schools' reports of a county or city it reads; the draw can be run again from the proof (ADR 0019).</summary>
[MessageUrn("event:gengdu-supervision-v1-sample-drawn")]
[EntityName("gengdu.supervision.v1.sample-drawn")]
public sealed record SampleDrawn
{
    /// <summary>The sample.</summary>
    public required Guid SampleId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Level that drew it: "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Whose schools were drawn from.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Reports on the list.</summary>
    public required int Candidates { get; init; }

    /// <summary>How many are read as long as none fails.</summary>
    public required int Size { get; init; }

    /// <summary>SHA-256 of the list, lower-case hex.</summary>
    public required string ListHash { get; init; }

    /// <summary>Hash of the audit entry of the announcement, lower-case hex.</summary>
    public required string Seed { get; init; }

    /// <summary>Person who drew it.</summary>
    public required Guid DrawnBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset DrawnAt { get; init; }

    /// <summary>Grows with each act on the sample; apply only a higher one.</summary>
    public required long Version { get; init; }
}
