using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Comparisons;

/// <summary>One number of everything directly below a place over the cycles: a small line beside each row of a table.</summary>
/// <param name="Cycles">Up to the one asked for, oldest first, eight at most.</param>
/// <param name="Places">As far as the caller may see them, by code.</param>
public sealed record SparklinesResponse(
    OrganisationResponse Organisation, Guid CycleId, string Indicator, IReadOnlyList<SparklineCycleResponse> Cycles, SparklineResponse Whole, IReadOnlyList<SparklineResponse> Places);

/// <summary>A cycle of the line.</summary>
/// <param name="DefinitionChanged">Computed otherwise than in the cycle before.</param>
public sealed record SparklineCycleResponse(Guid CycleId, string NameZh, string NameEn, DateOnly PeriodStart, bool DefinitionChanged);

/// <summary>A line.</summary>
/// <param name="Values">One for each cycle, by that cycle's formula; null without data or where the place was not in the cycle.</param>
public sealed record SparklineResponse(Guid OrganisationId, IReadOnlyList<decimal?> Values);

internal static class GetSparklines
{
    private const int MostCycles = 8;

    private const string Cycles = """
        select c.id, c.name_zh, c.name_en, c.period_start, coalesce(cp.programme_version, c.programme_version)
        from cycles c left join cycle_programmes cp on cp.cycle_id = c.id
        where c.programme_key = $1 and (c.period_start, c.opened_at, c.id) <= (select a.period_start, a.opened_at, a.id from cycles a where a.id = $2)
        order by c.period_start desc, c.opened_at desc, c.id desc limit $3
        """;

    private const string Lines = """
        select n.organisation_id, coalesce(f.numerator, s.numerator), coalesce(f.denominator, s.denominator),
          coalesce(f.reported, (s.indicator is not null and s.reason is null)::int, 0), n.on_time, n.due
        from node_completeness n
        left join node_figures f on f.cycle_id = $1 and f.path = n.path and f.indicator = $3
        left join school_indicators s on s.cycle_id = $1 and s.node_path = n.parent_path and s.indicator = $3 and s.organisation_id = n.organisation_id
        where n.cycle_id = $1 and n.organisation_id = any($2)
        """;

    public static async Task<Results<Ok<SparklinesResponse>, ProblemHttpResult>> HandleAsync(
        Guid organisationId, Guid cycleId, string indicator, Caller caller, Database database, ProgrammeShelf programmes, AuditTrail trail, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (head, problem) = await FigureHead.ReadAsync(connection, programmes, caller, indicator, organisationId, cycleId, cancellationToken);
        if (head is null || head.IsSchool)
        {
            return (problem ?? AnalyticsProblems.NotANode).ToHttpResult();
        }

        var lines = await ReadAsync(connection, programmes, head, caller, cycleId, cancellationToken);
        await connection.DisposeAsync();
        await trail.SawAsync("figure", organisationId, head.Place.CyclePath, 1 + lines.Places.Count, new { cycleId, indicator, sparklines = true });
        return TypedResults.Ok(lines);
    }

    internal static async Task<SparklinesResponse> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, FigureHead head, Caller caller, Guid cycleId, CancellationToken cancellationToken)
    {
        var cycles = await CyclesAsync(connection, programmes, head, cycleId, cancellationToken);
        var children = await PlacesBelow.ReadAsync(connection, head.Place, PlacesBelow.Children, caller, cycleId, cancellationToken);
        var place = head.Place.Organisation;
        Guid[] places = [place.Id, .. children.Select(child => child.Organisation.Id)];
        var lines = await LinesAsync(connection, cycles, places, head.Indicator.Id, cancellationToken);
        Indicator? before = null;
        var heads = new List<SparklineCycleResponse>();
        foreach (var (cycle, definition) in cycles)
        {
            heads.Add(cycle with { DefinitionChanged = before is not null && definition is not null && DefinitionHistory.Differs(before, definition) });
            before = definition ?? before;
        }

        SparklineResponse Line(Guid id) => new(id, [.. Enumerable.Range(0, cycles.Count).Select(at => lines.TryGetValue((id, at), out var value) ? value : null)]);
        return new(place, cycleId, head.Indicator.Id, heads, Line(place.Id), [.. places.Skip(1).Select(Line)]);
    }

    private static async Task<IReadOnlyList<(SparklineCycleResponse Cycle, Indicator? Definition)>> CyclesAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, FigureHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        var read = new List<(SparklineCycleResponse Cycle, string Version)>();
        await using (var command = new NpgsqlCommand(Cycles, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters = { new() { Value = head.Formulas.Programme.Key }, new() { Value = cycleId }, new() { Value = MostCycles } },
        })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read.Add((new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3), false), reader.GetString(4)));
            }
        }

        read.Reverse();
        var cycles = new List<(SparklineCycleResponse, Indicator?)>();
        foreach (var (cycle, version) in read)
        {
            var formulas = await programmes.FindAsync(connection, head.Formulas.Programme.Key, version, cancellationToken);
            cycles.Add((cycle, formulas?.Programme.Indicators.FirstOrDefault(one => one.Id == head.Indicator.Id)));
        }

        return cycles;
    }

    private static async Task<Dictionary<(Guid Place, int Cycle), decimal?>> LinesAsync(
        NpgsqlConnection connection, IReadOnlyList<(SparklineCycleResponse Cycle, Indicator? Definition)> cycles, Guid[] places, string indicator, CancellationToken cancellationToken)
    {
        // A question for each cycle, all sent together: each looks at its own part of the tables and at no other.
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        foreach (var (cycle, _) in cycles)
        {
            batch.BatchCommands.Add(new(Lines) { Parameters = { new() { Value = cycle.CycleId }, new() { Value = places }, new() { Value = indicator } } });
        }

        var lines = new Dictionary<(Guid, int), decimal?>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        for (var at = 0; at < cycles.Count; at++)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (cycles[at].Definition is { } definition)
                {
                    lines[(reader.GetGuid(0), at)] = Rating.Shown(definition, Read(reader, definition));
                }
            }

            await reader.NextResultAsync(cancellationToken);
        }

        return lines;
    }

    private static Measured Read(NpgsqlDataReader reader, Indicator definition)
    {
        var reported = reader.GetInt32(3) > 0;
        decimal? Number(int column) => !reported || reader.IsDBNull(column) ? null : reader.GetDecimal(column);
        return definition.Kind == "timeliness" ? new(true, reader.GetInt32(4), reader.GetInt32(5), null) : new(true, Number(1), Number(2), null);
    }
}
