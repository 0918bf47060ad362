using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>A city allowed the gaps of a county that was sent up, or refused them: then the county sends again.</summary>
[MessageUrn("event:gengdu-supervision-v1-county-gaps-decided")]
[EntityName("gengdu.supervision.v1.county-gaps-decided")]
public sealed record CountyGapsDecided
{
    /// <summary>The sending it is about.</summary>
    public required Guid DispatchId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>The county.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Which of the county's sendings.</summary>
    public required int Round { get; init; }

    /// <summary>Whether the county counts as complete without them.</summary>
    public required bool Allowed { get; init; }

    /// <summary>How many schools are missing.</summary>
    public required int Gaps { get; init; }

    /// <summary>Person who decided.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>Grows with each act on it; apply only a higher one.</summary>
    public required long Version { get; init; }
}
