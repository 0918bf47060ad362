using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.OpenFigures;

internal static class DownloadOpenFigures
{
    private const string File = """
        select e.csv, e.sha256 from publications p join open_editions e on e.cycle_id = p.cycle_id and e.number = p.number where p.cycle_id = $1 and p.number = $2
        """;

    /// <summary>The open file itself, byte by byte as it was when it was published: its SHA-256 is the one in the list (<c>sha256sum figures.csv</c>).</summary>
    public static async Task<Results<FileContentHttpResult, StatusCodeHttpResult, ProblemHttpResult>> HandleAsync(Guid cycleId, int number, HttpContext http, Database database, CancellationToken cancellationToken)
    {
        // Nobody need be signed in, so there is no scope; these tables are made to be told to everybody.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(File, connection) { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = number } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return AnalyticsProblems.NothingPublished.ToHttpResult();
        }

        return http.IsKnown(row.GetString(1), forGood: true)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.File(row.GetFieldValue<byte[]>(0), "text/csv; charset=utf-8", $"figures-{number}.csv");
    }
}
