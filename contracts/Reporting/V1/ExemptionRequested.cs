using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>Somebody above a report asks that nothing be due of it. The answer is <see cref="ReportExempted"/> or <see cref="ExemptionRefused"/>.</summary>
[MessageUrn("event:gengdu-reporting-v1-exemption-requested")]
[EntityName("gengdu.reporting.v1.exemption-requested")]
public sealed record ExemptionRequested
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

    /// <summary>Path of the place it is asked from; whoever answers stands above it.</summary>
    public required string AskedFrom { get; init; }

    /// <summary>closed, merged, disaster or other.</summary>
    public required string Cause { get; init; }

    /// <summary>Who asks.</summary>
    public required Guid RequestedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The answer is due then.</summary>
    public required DateTimeOffset AnswerBy { get; init; }
}
