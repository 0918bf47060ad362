using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>The province refused a request to unlock; it stays accepted.</summary>
[MessageUrn("event:gengdu-supervision-v1-unlock-refused")]
[EntityName("gengdu.supervision.v1.unlock-refused")]
public sealed record UnlockRefused
{
    /// <summary>The review.</summary>
    public required Guid ReviewId { get; init; }

    /// <summary>Which module report.</summary>
    public required Guid ModuleReportId { get; init; }

    /// <summary>The revision it is about; a later one is not affected.</summary>
    public required int Revision { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Who reports.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Person who refused.</summary>
    public required Guid RefusedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RefusedAt { get; init; }

    /// <summary>Why, at most 1,000 characters.</summary>
    public required string Words { get; init; }

    /// <summary>Grows with each act on the review; apply only a higher one.</summary>
    public required long ReviewVersion { get; init; }
}
