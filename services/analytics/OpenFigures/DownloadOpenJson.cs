using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>All numbers of a publication.</summary>
/// <param name="Publication">With the hash of figures.csv, which holds the same numbers.</param>
public sealed record OpenJsonResponse(OpenPublicationResponse Publication, IReadOnlyList<OpenIndicator> Indicators, IReadOnlyList<OpenPlace> Places, IReadOnlyList<OpenNumberResponse> Figures);

/// <summary>One number of one place.</summary>
/// <param name="Place">Administrative code.</param>
/// <param name="State">"shown", "none", "hidden" or "held".</param>
/// <param name="Since">The publication whose number this is.</param>
public sealed record OpenNumberResponse(string Place, string Indicator, string State, decimal? Value, int? Schools, int Since);

internal static class DownloadOpenJson
{
    private const string Cells = "select path, indicator, state, value, schools, since from open_cells where cycle_id = $1 and number = $2 order by path, indicator";

    /// <summary>The same as the file, for programs.</summary>
    public static async Task<Results<Ok<OpenJsonResponse>, StatusCodeHttpResult, ProblemHttpResult>> HandleAsync(Guid cycleId, int number, HttpContext http, Database database, CancellationToken cancellationToken)
    {
        if (await OpenPublications.FindAsync(database, cycleId, number, cancellationToken) is not var (publication, names))
        {
            return AnalyticsProblems.NothingPublished.ToHttpResult();
        }

        if (http.IsKnown($"{publication.Sha256}-json-{(publication.Newest ? 1 : 0)}", forGood: false))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        // As the publication itself: told to everybody.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Cells, connection) { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = number } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var codes = names.Places.ToDictionary(place => place.Path, place => place.Place.Code);
        var figures = new List<OpenNumberResponse>();
        while (await row.ReadAsync(cancellationToken))
        {
            if (codes.TryGetValue(row.GetString(0), out var code))
            {
                figures.Add(new(code, row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetDecimal(3), row.IsDBNull(4) ? null : row.GetInt32(4), row.GetInt32(5)));
            }
        }

        return TypedResults.Ok(new OpenJsonResponse(publication, names.Indicators, [.. names.Places.Select(place => place.Place)], figures));
    }
}
