using System.Globalization;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.OpenFigures;

internal static class ListOpenPublications
{
    private const string Newest = "select count(*)::int, max(p.published_at) from publications p join open_editions e on e.cycle_id = p.cycle_id and e.number = p.number";

    /// <summary>All that was published, of all cycles, newest first. Nothing is ever taken from the list: a correction is another number.</summary>
    public static async Task<Results<Ok<Page<OpenPublicationResponse>>, StatusCodeHttpResult>> HandleAsync(
        [AsParameters] PageRequest page, HttpContext http, Database database, CancellationToken cancellationToken)
    {
        // Nobody need be signed in, so there is no scope; these tables are made to be told to everybody.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(new(Newest));
        batch.BatchCommands.Add(new(OpenPublications.Newest) { Parameters = { new() { Value = page.Size() }, new() { Value = page.Skip() } } });
        await using var row = await batch.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var total = row.GetInt32(0);
        var newest = row.IsDBNull(1) ? 0 : row.GetFieldValue<DateTimeOffset>(1).UtcTicks;
        if (http.IsKnown(string.Create(CultureInfo.InvariantCulture, $"{total}-{newest}-{page.Number()}-{page.Size()}"), forGood: false))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        await row.NextResultAsync(cancellationToken);
        var publications = new List<OpenPublicationResponse>();
        while (await row.ReadAsync(cancellationToken))
        {
            publications.Add(OpenPublications.Read(row).Publication);
        }

        return TypedResults.Ok(new Page<OpenPublicationResponse>(publications, page.Number(), page.Size(), total));
    }
}
