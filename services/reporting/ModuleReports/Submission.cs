using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.ModuleReports.Values;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>One decided submission: all rows it writes, none of them before the others.</summary>
internal sealed record Submission(ModuleReport ModuleReport, long ExpectedVersion, Revision Revision, SubmissionKey Key, OutboxMessage Message)
{
    /// <summary>Builds the rows after <see cref="ModuleReport.Submit"/> agreed.</summary>
    public static Submission Of(ModuleReportDossier dossier, JsonElement values, Findings findings, Guid by, string key, string fingerprint, DateTimeOffset now)
    {
        var moduleReport = dossier.ModuleReport;
        var explanations = findings.Answered(moduleReport.Explanations);
        var revision = new Revision
        {
            ModuleReportId = moduleReport.Id,
            Number = moduleReport.Revision,
            Values = dossier.Values,
            Explanations = explanations,
            Results = findings.Results,
            ContentHash = HashOf(dossier, values, explanations),
            ReceiptNumber = ReceiptNumberOf(dossier),
            SubmittedAt = now,
            SubmittedBy = by,
            OnTime = true,
        };
        var submissionKey = new SubmissionKey
        {
            PersonId = by,
            Key = key,
            Fingerprint = fingerprint,
            ModuleReportId = moduleReport.Id,
            Revision = revision.Number,
            CreatedAt = now,
        };
        return new(moduleReport, moduleReport.Version - 1, revision, submissionKey, OutboxMessage.For(ToModuleReportSubmitted(dossier, revision, values), now));
    }

    /// <summary>"13-2026-AUTUMN-M03-0000123-R1": region, period, module, number of the report, revision.</summary>
    private static string ReceiptNumberOf(ModuleReportDossier dossier) => string.Create(CultureInfo.InvariantCulture,
        $"{dossier.Cycle.Region}-{dossier.Cycle.PeriodKey.ToUpperInvariant()}-M{dossier.Module.Number:00}-{dossier.Report.Number:0000000}-R{dossier.ModuleReport.Revision}");

    /// <summary>SHA-256 over the canonical JSON of what was signed and whose it is; docs/adr/0008 lists the members.</summary>
    private static string HashOf(ModuleReportDossier dossier, JsonElement values, IReadOnlyList<Explanation> explanations)
    {
        var content = new JsonObject
        {
            ["moduleReportId"] = dossier.ModuleReport.Id,
            ["revision"] = dossier.ModuleReport.Revision,
            ["cycleId"] = dossier.ModuleReport.CycleId,
            ["organisationId"] = dossier.ModuleReport.OrganisationId,
            ["programmeKey"] = dossier.Programme.Key,
            ["programmeVersion"] = dossier.Programme.Version,
            ["moduleKey"] = dossier.Module.Key,
            ["values"] = JsonObject.Create(values),
            ["explanations"] = JsonSerializer.SerializeToNode(explanations, ModuleReport.Json),
        };
        return CanonicalJson.Sha256(JsonSerializer.SerializeToElement(content));
    }

    private static ModuleReportSubmitted ToModuleReportSubmitted(ModuleReportDossier dossier, Revision revision, JsonElement values) => new()
    {
        ModuleReportId = revision.ModuleReportId,
        Revision = revision.Number,
        ReportId = dossier.Report.Id,
        CycleId = dossier.Report.CycleId,
        ProgrammeKey = dossier.Programme.Key,
        ProgrammeVersion = dossier.Programme.Version,
        ModuleKey = dossier.Module.Key,
        OrganisationId = dossier.Report.OrganisationId,
        OrganisationPath = dossier.Report.OrganisationPath,
        Level = dossier.Report.Level,
        SubmittedAt = revision.SubmittedAt,
        SubmittedBy = revision.SubmittedBy,
        OnTime = revision.OnTime,
        ReceiptNumber = revision.ReceiptNumber,
        ContentHash = revision.ContentHash,
        Values = PublicValues.Of(dossier.Module, values),
        ExplainedWarnings = revision.Results.Count(r => r.Explained),
    };
}
