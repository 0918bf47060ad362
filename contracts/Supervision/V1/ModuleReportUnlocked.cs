using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>The province granted a request: what was accepted is open for a next revision. The accepted one and its receipt stay.</summary>
[MessageUrn("event:gengdu-supervision-v1-module-report-unlocked")]
[EntityName("gengdu.supervision.v1.module-report-unlocked")]
public sealed record ModuleReportUnlocked
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

    /// <summary>Person who granted it.</summary>
    public required Guid UnlockedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset UnlockedAt { get; init; }

    /// <summary>Until when the correction is asked for, UTC; null: a week.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What may be corrected, at most 1,000 characters.</summary>
    public required string Words { get; init; }

    /// <summary>Grows with each act on the review; apply only a higher one.</summary>
    public required long ReviewVersion { get; init; }
}
