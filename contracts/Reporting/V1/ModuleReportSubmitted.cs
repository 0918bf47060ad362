using System.Text.Json;
using MassTransit;

namespace Gengdu.Contracts.Reporting.V1;

/// <summary>
/// A module report was signed and submitted as an immutable revision, and its receipt given. Delivered at least once and
/// in any order: keep the highest <see cref="Revision"/> of each <see cref="ModuleReportId"/>, count it once for ever.
/// </summary>
[MessageUrn("event:gengdu-reporting-v1-module-report-submitted")]
[EntityName("gengdu.reporting.v1.module-report-submitted")]
public sealed record ModuleReportSubmitted
{
    /// <summary>The module report; with <see cref="Revision"/> the business key.</summary>
    public required Guid ModuleReportId { get; init; }

    /// <summary>1 for the first submission, then without gaps.</summary>
    public required int Revision { get; init; }

    /// <summary>The report it belongs to.</summary>
    public required Guid ReportId { get; init; }

    /// <summary>The cycle.</summary>
    public required Guid CycleId { get; init; }

    /// <summary>Programme key.</summary>
    public required string ProgrammeKey { get; init; }

    /// <summary>Version of the forms and rules it was filled in with.</summary>
    public required string ProgrammeVersion { get; init; }

    /// <summary>Module key, e.g. "curriculum".</summary>
    public required string ModuleKey { get; init; }

    /// <summary>Who reports.</summary>
    public required Guid OrganisationId { get; init; }

    /// <summary>Path at submission. Readers that know a newer place of the organisation use that, as long as the cycle is open (ADR 0014).</summary>
    public required string OrganisationPath { get; init; }

    /// <summary>"school", "county", "city" or "province".</summary>
    public required string Level { get; init; }

    /// <summary>Server time of acceptance, UTC.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The approver who signed.</summary>
    public required Guid SubmittedBy { get; init; }

    /// <summary>Whether it met the deadline (extension and grace counted).</summary>
    public required bool OnTime { get; init; }

    /// <summary>Number on the receipt.</summary>
    public required string ReceiptNumber { get; init; }

    /// <summary>SHA-256 of the revision's canonical content, lower-case hex.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The values by field key, without fields of class personal or sensitive.</summary>
    public required JsonElement Values { get; init; }

    /// <summary>
    /// Which cells are of class personal or sensitive: "principal", or "staff/phone" for a column of rows. Words about them may
    /// repeat them. Null in events from before this was told: then any cell may be.
    /// </summary>
    public IReadOnlyList<string>? PersonalCells { get; init; }

    /// <summary>Warnings that were explained.</summary>
    public int ExplainedWarnings { get; init; }

    /// <summary>Of the warnings, those of rules that compare with the school's own past or with schools like it. Null in events from before this was told.</summary>
    public int? Outliers { get; init; }
}
