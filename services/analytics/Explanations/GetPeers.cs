using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>A school's number among schools of its type and setting.</summary>
/// <param name="Value">The school's own; null without one.</param>
/// <param name="Peers">Null where nowhere above it there are enough of them with a value.</param>
public sealed record PeersResponse(OrganisationResponse Organisation, Guid CycleId, string Indicator, decimal? Value, PeerGroupResponse? Peers);

/// <summary>The others, without the school itself.</summary>
/// <param name="Within">The county, or the first place above it that has enough of them.</param>
/// <param name="Schools">Others with a value: six at least, so that the figures tell nobody's own.</param>
/// <param name="Value">Sum of numerators by sum of denominators.</param>
/// <param name="Below">How many of them have less.</param>
/// <param name="Equal">How many have the same.</param>
public sealed record PeerGroupResponse(
    string? SchoolType, string? UrbanRural, ParentResponse Within, int Schools, decimal? Value, decimal LowerQuartile, decimal Median, decimal UpperQuartile, int Below, int Equal);

internal static class GetPeers
{
    private const int AtLeast = 6;

    private const string Own = """
        select r.school_type, r.urban_rural, s.numerator, s.denominator from roster_entries r
        left join school_indicators s on s.cycle_id = $1 and s.node_path = r.node_path and s.indicator = $2 and s.organisation_id = r.organisation_id
        where r.cycle_id = $1 and r.organisation_id = $3 and r.level = 'school'
        """;

    private const string Above = """
        select above.path, o.id, o.name_zh, o.name_en from unnest($1) with ordinality above(path, place)
        join organisations o on o.id = coalesce((select n.id from organisations n where n.path = above.path limit 1),
          (select p.organisation_id from organisation_places p where p.path = above.path limit 1))
        order by above.place
        """;

    private const string Others = $"""
        select count(*)::int, sum(p.numerator), sum(p.denominator), percentile_cont(array[0.25, 0.5, 0.75]) within group (order by p.value),
          (count(*) filter (where p.exact < $8 / nullif($9, 0)))::int, (count(*) filter (where p.exact = $8 / nullif($9, 0)))::int
        from (select s.numerator, s.denominator, s.numerator / s.denominator as exact, (s.numerator / s.denominator)::float8 as value
          from {BehindFigure.SchoolsBelow} join roster_entries r on r.cycle_id = $1 and r.organisation_id = s.organisation_id and r.level = 'school'
          where s.reason is null and s.denominator > 0 and s.organisation_id <> $5 and r.school_type is not distinct from $6 and r.urban_rural is not distinct from $7) p
        """;

    /// <summary>Where a school's number stands among its like: in its county, or further up where the county has too few of them.</summary>
    public static async Task<Results<Ok<PeersResponse>, ProblemHttpResult>> HandleAsync(
        string indicator, Guid organisationId, Guid cycleId, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        FigureHead? head;
        Problem? problem;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        }

        if (head is null || !head.IsSchool)
        {
            return (problem ?? AnalyticsProblems.FigureOfANode).ToHttpResult();
        }

        if (head.Indicator.Numerator is null || head.Indicator.Later is not null)
        {
            return AnalyticsProblems.NoBreakdown.ToHttpResult();
        }

        // Figures of at least six other schools together: no school is named and none is told from them.
        await using var all = await database.System.OpenConnectionAsync(cancellationToken);
        if (await OwnAsync(all, head, cycleId, cancellationToken) is not { } own)
        {
            return AnalyticsProblems.NotOnRoster.ToHttpResult();
        }

        PeerGroupResponse? peers = null;
        foreach (var place in await AboveAsync(all, head, cancellationToken))
        {
            peers ??= await OthersAsync(all, head, cycleId, own, place, cancellationToken);
        }

        await all.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, filter: new { cycleId, indicator, peers = true });
        return TypedResults.Ok(new PeersResponse(
            head.Place.Organisation, cycleId, indicator, Rating.Shown(head.Indicator, new(true, own.Numerator, own.Denominator, null)), peers));
    }

    private static async Task<OwnPart?> OwnAsync(NpgsqlConnection connection, FigureHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Own, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = head.Place.Organisation.Id } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        decimal? Number(int column) => reader.IsDBNull(column) ? null : reader.GetDecimal(column);
        return await reader.ReadAsync(cancellationToken) ? new(Text(0), Text(1), Number(2), Number(3)) : null;
    }

    /// <summary>The places above it in the cycle, nearest first; as they are called today.</summary>
    private static async Task<IReadOnlyList<(string Path, ParentResponse Place)>> AboveAsync(NpgsqlConnection connection, FigureHead head, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Above, connection)
        { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = TreePath.Ancestors(head.Place.CyclePath).ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var places = new List<(string, ParentResponse)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            places.Add((reader.GetString(0), new(reader.GetGuid(1), reader.GetString(2), reader.GetString(3))));
        }

        return places;
    }

    private static async Task<PeerGroupResponse?> OthersAsync(
        NpgsqlConnection connection, FigureHead head, Guid cycleId, OwnPart own, (string Path, ParentResponse Organisation) place, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Others, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = place.Path }, new() { Value = TreePath.End(place.Path) }, new() { Value = head.Place.Organisation.Id },
                Nullable(own.SchoolType, NpgsqlTypes.NpgsqlDbType.Text), Nullable(own.UrbanRural, NpgsqlTypes.NpgsqlDbType.Text), 
                Nullable(own.Numerator, NpgsqlTypes.NpgsqlDbType.Numeric), Nullable(own.Denominator, NpgsqlTypes.NpgsqlDbType.Numeric),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var schools = reader.GetInt32(0);
        if (schools < AtLeast)
        {
            return null;
        }

        decimal Shown(double value) => Math.Round((decimal)(value * head.Indicator.Factor), head.Indicator.Decimals, MidpointRounding.AwayFromZero);
        var quartiles = reader.GetFieldValue<double[]>(3);
        // The spread between schools is no ratio of sums.
        var value = head.Indicator.Kind == "dispersion" ? null : Rating.Shown(head.Indicator, new(true, reader.GetDecimal(1), reader.GetDecimal(2), null));
        return new(own.SchoolType, own.UrbanRural, place.Organisation, schools, value, Shown(quartiles[0]), Shown(quartiles[1]), Shown(quartiles[2]), reader.GetInt32(4), reader.GetInt32(5));
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlTypes.NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private sealed record OwnPart(string? SchoolType, string? UrbanRural, decimal? Numerator, decimal? Denominator);
}
