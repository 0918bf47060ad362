using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Reporting.Checks;

/// <param name="Code">The check code of a receipt; small letters, blanks and dashes do not matter.</param>
internal sealed record CheckReceiptRequest(string Code);

/// <summary>What everybody may know of a receipt: that it was given, to whom, for what and when. No values, no persons.</summary>
/// <param name="ReceiptNumber">Number on the receipt.</param>
/// <param name="Organisation">Who submitted, as it was called in this cycle.</param>
/// <param name="Cycle">The cycle's name.</param>
/// <param name="Module">The module's name.</param>
/// <param name="Revision">1 for the first submission.</param>
/// <param name="SubmittedAt">Server time.</param>
/// <param name="ContentHash">SHA-256 over what was signed; compare it with the one on the receipt.</param>
/// <param name="StatementVersion">Which statement of responsibility was signed.</param>
/// <param name="Newest">Whether no later submission replaced it.</param>
/// <param name="ReplacedAt">When the next submission replaced it.</param>
internal sealed record CheckedReceipt(
    string ReceiptNumber, Text Organisation, Text Cycle, Text Module, int Revision, DateTimeOffset SubmittedAt, string ContentHash, string? StatementVersion, bool Newest,
    DateTimeOffset? ReplacedAt);

/// <summary>The public page: no sign-in. In a body, so that codes do not stand in the logs of what lies between.</summary>
internal static class CheckReceipt
{
    // A code that cannot be one is looked for all the same: its refusal takes as long as that of one nobody was given.
    private const string Nobody = "--------------------";

    private const string Sql = """
        select v.receipt_number, r.name_zh, r.name_en, c.name_zh, c.name_en, m.module_key, v.number, v.submitted_at, v.content_hash, v.statement_version,
          (select n.submitted_at from revisions n where n.module_report_id = v.module_report_id and n.number = v.number + 1), c.programme_key, coalesce(v.programme_version, c.opened_with, c.programme_version)
        from revisions v join module_reports m on m.id = v.module_report_id join reports r on r.id = m.report_id join cycles c on c.id = m.cycle_id
        where v.check_code = $1
        """;

    // Nobody is signed in, so row-level security would show nothing: whoever holds the code may see these columns of this one receipt.
    public static async Task<Results<Ok<CheckedReceipt>, ProblemHttpResult>> HandleAsync(
        CheckReceiptRequest request, Database database, ProgrammeCatalogue catalogue, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = CheckCode.Read(request.Code) ?? Nobody });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return CheckProblems.UnknownCode.ToHttpResult();
        }

        var module = (await catalogue.GetAsync(row.GetString(11), row.GetString(12), cancellationToken)).Module(row.GetString(5))!;
        DateTimeOffset? replacedAt = row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10);
        return TypedResults.Ok(new CheckedReceipt(
            row.GetString(0), new(row.GetString(1), row.GetString(2)), new(row.GetString(3), row.GetString(4)), new(module.Name.Zh, module.Name.En), row.GetInt32(6),
            row.GetFieldValue<DateTimeOffset>(7), row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9), replacedAt is null, replacedAt));
    }
}
