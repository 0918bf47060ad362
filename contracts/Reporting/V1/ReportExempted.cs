using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>
/// Nothing is due of this report any more (免报): its organisation was closed, merged or struck. It stays on the frozen roster and
/// is counted apart, neither as reported nor as missing. It happens once and is never taken back.
/// </summary>
[MessageUrn("event:gengdu-reporting-v1-report-exempted")]
[EntityName("gengdu.reporting.v1.report-exempted")]
public sealed record ReportExempted
{
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Its path at that moment.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>school, county or city.</summary>
    public required string Level { get; init; }

    /// <summary>closed, merged, disaster or other.</summary>
    public required string Cause { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>Who granted it.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset ExemptedAt { get; init; }
}
