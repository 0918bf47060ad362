using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Quality;

/// <summary>How well the schools of a place reported.</summary>
/// <param name="Whole">All of them together.</param>
/// <param name="Behind">Whether something came in since, which will be judged within minutes.</param>
/// <param name="ChiSquare">How far the last digits are from equally many of each; null for fewer than 200 numbers.</param>
/// <param name="Critical">From here up that happens by chance once in a thousand times.</param>
/// <param name="Children">Places directly below that have schools, lowest score first.</param>
public sealed record NodeQualityResponse(
    OrganisationResponse Organisation, IReadOnlyList<ParentResponse> Parents, Guid CycleId, string Method, QualitySumResponse Whole, bool Behind, DateTimeOffset? AssessedAt,
    IReadOnlyList<int> Digits, double? ChiSquare, double Critical, IReadOnlyList<ChildQualityResponse> Children);

/// <summary>Schools added up.</summary>
/// <param name="Score">Mean of the scores; null without any.</param>
/// <param name="Due">Schools of which something is due.</param>
/// <param name="Scored">Of them those with a score.</param>
/// <param name="Bands">How many have a score below 60, of 60 to 69, 70 to 79, 80 to 89, and from 90.</param>
/// <param name="Suspected">How many schools are suspected of what.</param>
public sealed record QualitySumResponse(decimal? Score, int Due, int Scored, IReadOnlyList<int> Bands, IReadOnlyList<SuspectedResponse> Suspected);

/// <param name="Kind">"peers", "history", "copied", "repeated" or "rounded".</param>
/// <param name="Schools">How many schools.</param>
public sealed record SuspectedResponse(string Kind, int Schools);

/// <summary>A place directly below.</summary>
public sealed record ChildQualityResponse(Guid Id, string Code, string NameZh, string NameEn, QualitySumResponse Sum);

internal static class GetNodeQuality
{
    // One row a place that has schools of its own: even the province reads no more than its counties.
    private const string Places = "select path, due, scored, score_sum, bands, suspected, digits, assessed_at from place_quality where cycle_id = $1 and path ^@ $2";

    private const string Behind = "select exists (select from quality_marks where cycle_id = $1 and node_path ^@ $2)";

    private const string Names = """
        select distinct on (n.path) n.path, o.id, o.code, o.name_zh, o.name_en from node_completeness n join organisations o on o.id = n.organisation_id
        where n.cycle_id = $1 and n.parent_path = $2 order by n.path
        """;

    public static async Task<Results<Ok<NodeQualityResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await DashboardHead.ReadNodeAsync(connection, programmes, caller, organisationId, cycleId, cancellationToken);
        if (head is null)
        {
            return problem!.ToHttpResult();
        }

        var response = await ReadAsync(connection, head, cycleId, cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("quality", organisationId, head.CyclePath, 1 + response.Children.Count, new { cycleId });
        return TypedResults.Ok(response);
    }

    private static async Task<NodeQualityResponse> ReadAsync(NpgsqlConnection connection, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        foreach (var sql in new[] { Places, Names, Behind })
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = cycleId }, new() { Value = head.CyclePath } } });
        }

        batch.BatchCommands.Add(head.ParentsCommand());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var places = new List<PlaceQuality>();
        while (await reader.ReadAsync(cancellationToken))
        {
            places.Add(new()
            {
                CycleId = cycleId, Path = reader.GetString(0), Due = reader.GetInt32(1), Scored = reader.GetInt32(2), ScoreSum = reader.GetInt64(3), Bands = reader.GetFieldValue<int[]>(4),
                Suspected = reader.GetFieldValue<int[]>(5), Digits = reader.GetFieldValue<int[]>(6), AssessedAt = reader.GetFieldValue<DateTimeOffset>(7),
            });
        }

        await reader.NextResultAsync(cancellationToken);
        var children = new List<ChildQualityResponse>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var path = reader.GetString(0);
            var below = places.Where(place => place.Path.StartsWith(path, StringComparison.Ordinal)).ToList();
            if (below.Count > 0)
            {
                children.Add(new(reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), Sum(below)));
            }
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var behind = reader.GetBoolean(0);
        await reader.NextResultAsync(cancellationToken);
        int[] digits = Total(places, place => place.Digits, 10);
        return new(
            head.Organisation, await DashboardHead.ReadParentsAsync(reader, cancellationToken), cycleId, Assessment.Method, Sum(places), behind,
            places.Count == 0 ? null : places.Max(place => place.AssessedAt), digits, LastDigits.ChiSquare(digits), LastDigits.Critical,
            [.. children.OrderBy(child => child.Sum.Score ?? 101).ThenBy(child => child.Code, StringComparer.Ordinal)]);
    }

    private static QualitySumResponse Sum(List<PlaceQuality> places)
    {
        var (scored, suspected) = (places.Sum(place => place.Scored), Total(places, place => place.Suspected, QualityKinds.Suspicious.Length));
        return new(
            scored == 0 ? null : Math.Round((decimal)places.Sum(place => place.ScoreSum) / scored, 1, MidpointRounding.AwayFromZero), places.Sum(place => place.Due), scored,
            Total(places, place => place.Bands, 5), [.. QualityKinds.Suspicious.Select((kind, index) => new SuspectedResponse(kind, suspected[index]))]);
    }

    private static int[] Total(List<PlaceQuality> places, Func<PlaceQuality, int[]> counts, int length) =>
        [.. Enumerable.Range(0, length).Select(index => places.Sum(place => counts(place)[index]))];
}
