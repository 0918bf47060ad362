using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>The organisation or its county asks in writing to correct what the province accepted. It stays accepted until the province answers.</summary>
[MessageUrn("event:gengdu-supervision-v1-unlock-requested")]
[EntityName("gengdu.supervision.v1.unlock-requested")]
public sealed record UnlockRequested
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

    /// <summary>Level of the organisation that asks: "school", "county", "city".</summary>
    public required string Level { get; init; }

    /// <summary>Person who asks.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The request, at most 1,000 characters.</summary>
    public required string Words { get; init; }

    /// <summary>Grows with each act on the review; apply only a higher one.</summary>
    public required long ReviewVersion { get; init; }
}
