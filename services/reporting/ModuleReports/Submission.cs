using System.Globalization;
using System.Text.Json;
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
        // Written member by member, in the order the canonical form demands: the values are not copied first.
        return CanonicalJson.Sha256(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("cycleId", dossier.ModuleReport.CycleId);
            writer.WritePropertyName("explanations");
            CanonicalJson.Write(writer, JsonSerializer.SerializeToElement(explanations, ModuleReport.Json));
            writer.WriteString("moduleKey", dossier.Module.Key);
            writer.WriteString("moduleReportId", dossier.ModuleReport.Id);
            writer.WriteString("organisationId", dossier.ModuleReport.OrganisationId);
            writer.WriteString("programmeKey", dossier.Programme.Key);
            writer.WriteString("programmeVersion", dossier.Programme.Version);
            writer.WriteNumber("revision", dossier.ModuleReport.Revision);
            writer.WritePropertyName("values");
            CanonicalJson.Write(writer, values);
            writer.WriteEndObject();
        });
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
