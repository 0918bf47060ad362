using System.Globalization;
using System.Text.Json;
using Gengdu.Reporting.ModuleReports.Values;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// What was signed, word for word. Written once; the database refuses a deletion and every change but the erasure of personal
/// values, which leaves the content hash as it was (<see cref="PersonalSeal"/>).
/// </summary>
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

    /// <summary>The version of the form it was signed with; null: the one the cycle was opened with.</summary>
    public string? ProgrammeVersion { get; init; }

    /// <summary>Keys the digests of the personal cells; null when the module has none, and after their erasure.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>When the personal values were erased; the cells hold their digests since.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>For the public page (<see cref="Checks.CheckCode"/>); null when it was signed before there were any.</summary>
    public string? CheckCode { get; init; }

    /// <summary>Version of the statement that was signed; null when it was signed before statements had one.</summary>
    public string? StatementVersion { get; init; }

    public Receipt ToReceipt() => new(ReceiptNumber, ModuleReportId, Number, SubmittedAt, ContentHash, OnTime, CheckCode, StatementVersion);
}

/// <summary>Proof of a submission, given only after it is durable.</summary>
/// <param name="ReceiptNumber">"13-2026-AUTUMN-M03-0000123-R1".</param>
/// <param name="ModuleReportId">The module report.</param>
/// <param name="Revision">1 for the first.</param>
/// <param name="SubmittedAt">Server time.</param>
/// <param name="ContentHash">SHA-256 over what was signed.</param>
/// <param name="OnTime">Whether the deadline was met.</param>
/// <param name="CheckCode">With it anybody can check the receipt on the public page; null when it was signed before there were any.</param>
/// <param name="StatementVersion">Which statement of responsibility was signed.</param>
internal sealed record Receipt(
    string ReceiptNumber, Guid ModuleReportId, int Revision, DateTimeOffset SubmittedAt, string ContentHash, bool OnTime, string? CheckCode, string? StatementVersion)
{
    /// <summary>"13-2026-AUTUMN-M03-0000123-R1": region, period, module, number of the report, revision.</summary>
    public static string NumberOf(ModuleReportDossier dossier) => string.Create(CultureInfo.InvariantCulture,
        $"{dossier.Cycle.Region}-{dossier.Cycle.PeriodKey.ToUpperInvariant()}-M{dossier.Module.Number:00}-{dossier.Report.Number:0000000}-R{dossier.ModuleReport.Revision}");

    /// <summary>SHA-256 over the canonical JSON of what was signed and whose it is; docs/adr/0008 lists the members.</summary>
    public static string HashOf(ModuleReportDossier dossier, JsonElement values, IReadOnlyList<Explanation> explanations, PersonalSeal? seal)
    {
        var content = seal is null ? values : seal.ForHash(dossier.Module, values);
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
            CanonicalJson.Write(writer, content);
            writer.WriteEndObject();
        });
    }
}

/// <summary>A receipt found by its idempotency key, with the fingerprint of the request it answered.</summary>
internal sealed record StoredReceipt(string Fingerprint, Receipt Receipt);
