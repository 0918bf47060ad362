using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>A county was sent up: complete, except the schools named. The latest round of a county counts.</summary>
[MessageUrn("event:gengdu-supervision-v1-county-sent")]
[EntityName("gengdu.supervision.v1.county-sent")]
public sealed record CountySent
{
    /// <summary>This sending.</summary>
    public required Guid DispatchId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>The county.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>1 for the county's first of the cycle.</summary>
    public required int Round { get; init; }

    /// <summary>Schools that owed something.</summary>
    public required int Owed { get; init; }

    /// <summary>Those that are missing; empty when the county is complete.</summary>
    public required IReadOnlyList<Guid> MissingOrganisationIds { get; init; }

    /// <summary>Person who sent it.</summary>
    public required Guid SentBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Grows with each act on it; apply only a higher one.</summary>
    public required long Version { get; init; }
}
