using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>The level above did not exempt a report: it stays due. The reason stands with the request alone.</summary>
[MessageUrn("event:gengdu-reporting-v1-exemption-refused")]
[EntityName("gengdu.reporting.v1.exemption-refused")]
public sealed record ExemptionRefused
{
    /// <summary>The request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Whose report it is.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Its path at that moment.</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>Who had asked.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>Who refused.</summary>
    public required Guid DecidedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RefusedAt { get; init; }
}
