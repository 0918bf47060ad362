using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Npgsql;

namespace Gengdu.Benchmarks.Bare;

/// <summary>A submission that our system wrote, middle in size: the rows the anchors write as well.</summary>
/// <param name="Values">The revision's values, as JSON.</param>
/// <param name="Explanations">As JSON.</param>
/// <param name="Results">As JSON.</param>
/// <param name="Event">Body of the outbox row.</param>
internal sealed record SampleRow(string Values, string Explanations, string Results, string Event)
{
    public static async Task<SampleRow> TakeAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("""
            select v.values::text, v.explanations::text, v.results::text, v.content_hash, v.receipt_number, m.organisation_path
            from reporting.revisions v join reporting.module_reports m on m.id = v.module_report_id
            order by length(v.values::text) offset (select count(*) / 2 from reporting.revisions) limit 1
            """);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new(row.GetString(0), row.GetString(1), row.GetString(2), EventOf(row.GetString(0), row.GetString(3), row.GetString(4), row.GetString(5)));
    }

    // The outbox row itself is gone by now: rebuilt from the contract.
    private static string EventOf(string values, string contentHash, string receiptNumber, string path) => JsonSerializer.Serialize(new ModuleReportSubmitted
    {
        ModuleReportId = Guid.Empty,
        Revision = 1,
        ReportId = Guid.Empty,
        CycleId = Guid.Empty,
        ProgrammeKey = "labor-education",
        ProgrammeVersion = "2026.1",
        ModuleKey = "curriculum",
        OrganisationId = Guid.Empty,
        OrganisationPath = path,
        Level = "school",
        SubmittedAt = TimeProvider.System.GetUtcNow(),
        SubmittedBy = Guid.Empty,
        OnTime = true,
        ReceiptNumber = receiptNumber,
        ContentHash = contentHash,
        Values = JsonElement.Parse(values),
    }, JsonSerializerOptions.Web);
}
