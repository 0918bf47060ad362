using System.Globalization;
using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>What was signed, word for word. Written once, never changed; the database refuses an update or a deletion.</summary>
internal sealed class Revision
{
    public required Guid ModuleReportId { get; init; }

    /// <summary>1, 2, 3 without gaps.</summary>
    public required int Number { get; init; }

    public required string Values { get; init; }

    public required IReadOnlyList<Explanation> Explanations { get; init; }

    /// <summary>What the rules said at submission: explained warnings and hints.</summary>
    public required IReadOnlyList<Finding> Results { get; init; }

    public required string ContentHash { get; init; }

    public required string ReceiptNumber { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public required Guid SubmittedBy { get; init; }

    public required bool OnTime { get; init; }

    public Receipt ToReceipt() => new(ReceiptNumber, ModuleReportId, Number, SubmittedAt, ContentHash, OnTime);
}

/// <summary>Proof of a submission, given only after it is durable.</summary>
internal sealed record Receipt(string ReceiptNumber, Guid ModuleReportId, int Revision, DateTimeOffset SubmittedAt, string ContentHash, bool OnTime)
{
    /// <summary>"13-2026-AUTUMN-M03-0000123-R1": region, period, module, number of the report, revision.</summary>
    public static string NumberOf(ModuleReportDossier dossier) => string.Create(CultureInfo.InvariantCulture,
        $"{dossier.Cycle.Region}-{dossier.Cycle.PeriodKey.ToUpperInvariant()}-M{dossier.Module.Number:00}-{dossier.Report.Number:0000000}-R{dossier.ModuleReport.Revision}");

    /// <summary>SHA-256 over the canonical JSON of what was signed and whose it is; docs/adr/0008 lists the members.</summary>
    public static string HashOf(ModuleReportDossier dossier, JsonElement values, IReadOnlyList<Explanation> explanations)
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
}

/// <summary>A receipt found by its idempotency key, with the fingerprint of the request it answered.</summary>
internal sealed record StoredReceipt(string Fingerprint, Receipt Receipt);
