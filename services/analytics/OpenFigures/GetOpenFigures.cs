using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.OpenFigures;

/// <summary>A place of a publication, with those directly below it.</summary>
/// <param name="Above">Places above it, province first.</param>
/// <param name="Cells">In the order of the indicators.</param>
public sealed record OpenFiguresResponse(
    OpenPublicationResponse Publication, OpenPlace Place, IReadOnlyList<OpenPlace> Above, IReadOnlyList<OpenIndicator> Indicators, IReadOnlyList<OpenCellResponse> Cells, IReadOnlyList<OpenRowResponse> Below);

/// <summary>One place with its numbers, in the order of the indicators.</summary>
public sealed record OpenRowResponse(OpenPlace Place, IReadOnlyList<OpenCellResponse> Cells);

/// <summary>One number.</summary>
/// <param name="State">"shown"; "none": no school has a value; "hidden": of fewer than three schools, or giving one away; "held": still as in publication <paramref name="Since"/>.</param>
/// <param name="Value">Null unless shown or held.</param>
/// <param name="Schools">Schools it is made of; null unless shown or held.</param>
/// <param name="Since">The publication whose number this is.</param>
public sealed record OpenCellResponse(string State, decimal? Value, int? Schools, int Since);

internal static class GetOpenFigures
{
    private const string Cells = "select path, indicator, state, value, schools, since from open_cells where cycle_id = $1 and number = $2 and path = any($3)";

    /// <summary>The numbers of a place and of the places below it. Never of a school: there are none in what was published openly.</summary>
    /// <param name="cycleId">The cycle.</param>
    /// <param name="number">Of the publication.</param>
    /// <param name="place">Administrative code; the province without one.</param>
    /// <param name="http">The request.</param>
    /// <param name="database">Where it lies.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Results<Ok<OpenFiguresResponse>, StatusCodeHttpResult, ProblemHttpResult>> HandleAsync(
        Guid cycleId, int number, string? place, HttpContext http, Database database, CancellationToken cancellationToken)
    {
        if (await OpenPublications.FindAsync(database, cycleId, number, cancellationToken) is not var (publication, names))
        {
            return AnalyticsProblems.NothingPublished.ToHttpResult();
        }

        if (names.Find(place) is not { } at)
        {
            return AnalyticsProblems.UnknownPlace.ToHttpResult();
        }

        // The newest one is no longer that after a correction.
        if (http.IsKnown($"{publication.Sha256[..32]}-{at.Place.Code}-{(publication.Newest ? 1 : 0)}", forGood: false))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var below = names.Below(at).ToList();
        var cells = await ReadAsync(database, cycleId, number, [at.Path, .. below.Select(child => child.Path)], cancellationToken);
        var indicators = names.Indicators.Where(indicator => cells.ContainsKey((at.Path, indicator.Id))).ToList();
        IReadOnlyList<OpenCellResponse> Row(string path) => [.. indicators.Select(indicator => cells.GetValueOrDefault((path, indicator.Id)) ?? new(OpenCell.None, null, null, number))];
        return TypedResults.Ok(new OpenFiguresResponse(
            publication, at.Place, [.. Above(names, at)], indicators, Row(at.Path), [.. below.Select(child => new OpenRowResponse(child.Place, Row(child.Path)))]));
    }

    private static Stack<OpenPlace> Above(OpenNames names, PlacedName place)
    {
        var above = new Stack<OpenPlace>();
        for (var parent = place.Place.Parent; parent is not null; parent = above.Peek().Parent)
        {
            above.Push(names.Find(parent)!.Place);
        }

        return above;
    }

    private static async Task<Dictionary<(string Path, string Indicator), OpenCellResponse>> ReadAsync(Database database, Guid cycleId, int number, string[] paths, CancellationToken cancellationToken)
    {
        // As the publication itself: told to everybody.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Cells, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = number }, new() { Value = paths } } };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var cells = new Dictionary<(string, string), OpenCellResponse>();
        while (await row.ReadAsync(cancellationToken))
        {
            cells[(row.GetString(0), row.GetString(1))] = new(row.GetString(2), row.IsDBNull(3) ? null : row.GetDecimal(3), row.IsDBNull(4) ? null : row.GetInt32(4), row.GetInt32(5));
        }

        return cells;
    }
}
