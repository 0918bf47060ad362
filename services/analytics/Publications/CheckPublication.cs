using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Analytics.Publications;

/// <summary>What stands for and against publishing a cycle's figures now.</summary>
/// <param name="Final">What a publication would be called: the cycle is closed and all that was submitted is accepted.</param>
/// <param name="ClosedAt">When the cycle took the last report; null while it is open.</param>
/// <param name="Due">Module reports owed in the province.</param>
/// <param name="LastNumber">Of the newest publication; null before the first.</param>
/// <param name="Changed">Figures that are others than the newest publication says, new and vanished ones among them; null before the first.</param>
/// <param name="Compared">The newest comparison with the stored revisions that ended; null before the first.</param>
public sealed record PublicationCheckResponse(
    Guid CycleId, bool Final, DateTimeOffset? ClosedAt, int Due, int Submitted, int Accepted, int? LastNumber, int? Changed, FiguresComparedResponse? Compared);

/// <summary>A comparison of all figures with the stored revisions.</summary>
/// <param name="Kind">"nightly" only compares, "rebuild" has set right what differed.</param>
/// <param name="Alarming">Differences were found and nobody has set them right: nothing is published until a rebuild has.</param>
public sealed record FiguresComparedResponse(Guid Id, string Kind, DateTimeOffset FinishedAt, int Differences, bool Alarming);

internal static class CheckPublication
{
    private const string Standing = """
        select n.due, n.submitted, n.accepted, x.closed_at, (select max(number) from publications where cycle_id = c.id)
        from cycles c left join cycle_closings x on x.cycle_id = c.id left join node_completeness n on n.cycle_id = c.id and n.parent_path = '/' where c.id = $1
        """;

    // A figure counted from the roster has no row of its own; whether it moved shows in what was submitted.
    private const string Changed = """
        select count(*)::int from (select path, indicator, numerator, denominator, reported, due from node_figures where cycle_id = $1) f
        full join (select p.path, p.indicator, p.numerator, p.denominator, p.reported, p.due from published_figures p
          where p.cycle_id = $1 and p.number = (select max(number) from publications where cycle_id = $1) and p.indicator = any(select distinct indicator from node_figures where cycle_id = $1)) p
          on p.path = f.path and p.indicator = f.indicator
        where (f.numerator, f.denominator, f.reported, f.due) is distinct from (p.numerator, p.denominator, p.reported, p.due)
        """;

    // A rebuild that ended at the same moment has set right what the night found.
    private const string Newest = """
        select id, kind, finished_at, differences from recounts where cycle_id = $1 and state = 'finished'
        order by finished_at desc, kind = 'rebuild' desc, id desc limit 1
        """;

    /// <summary>For whoever is about to publish: whether it would be final, what has changed since the last time, and whether the figures were found right.</summary>
    public static async Task<Results<Ok<PublicationCheckResponse>, ProblemHttpResult>> HandleAsync(Guid cycleId, Caller caller, Database database, CancellationToken cancellationToken)
    {
        if (!MayPublish(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        // Counts of the whole province, whose owner asks.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        foreach (var sql in new[] { Standing, Changed })
        {
            batch.BatchCommands.Add(new(sql) { Parameters = { new() { Value = cycleId } } });
        }

        int due, submitted, accepted;
        DateTimeOffset? closedAt;
        int? last, changed;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return AnalyticsProblems.UnknownCycle.ToHttpResult();
            }

            int Count(int column) => reader.IsDBNull(column) ? 0 : reader.GetInt32(column);
            (due, submitted, accepted) = (Count(0), Count(1), Count(2));
            (closedAt, last) = (reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3), reader.IsDBNull(4) ? null : reader.GetInt32(4));
            await reader.NextResultAsync(cancellationToken);
            changed = last is not null && await reader.ReadAsync(cancellationToken) ? reader.GetInt32(0) : null;
        }

        return TypedResults.Ok(new PublicationCheckResponse(
            cycleId, closedAt is not null && accepted == submitted, closedAt, due, submitted, accepted, last, changed, await ComparedAsync(connection, cycleId, cancellationToken)));
    }

    internal static bool MayPublish(Caller caller) => caller.Rights.Any(right => right.Role is Roles.ProvinceOwner && right.LevelRoles.Contains("province"));

    internal static async Task<FiguresComparedResponse?> ComparedAsync(NpgsqlConnection connection, Guid cycleId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Newest, connection) { CommandTimeout = Budgets.StatementSeconds, Parameters = { new() { Value = cycleId } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt32(3), reader.GetString(1) == Recounts.Recount.Nightly && reader.GetInt32(3) > 0)
            : null;
    }
}
