using MassTransit;

namespace Gengdu.Contracts.Supervision.V1;

/// <summary>The organisation took a revision back before its review started. The revision and its receipt stay; the module is open for a next one.</summary>
[MessageUrn("event:gengdu-supervision-v1-module-report-withdrawn")]
[EntityName("gengdu.supervision.v1.module-report-withdrawn")]
public sealed record ModuleReportWithdrawn
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

    /// <summary>Person who withdrew it.</summary>
    public required Guid WithdrawnBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset WithdrawnAt { get; init; }

    /// <summary>Why, at most 1,000 characters; null when nobody said.</summary>
    public string? Words { get; init; }

    /// <summary>Grows with each act on the review; apply only a higher one.</summary>
    public required long ReviewVersion { get; init; }
}
