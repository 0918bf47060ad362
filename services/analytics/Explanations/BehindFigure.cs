using Gengdu.Analytics.Figures;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>What stands behind a node's figure: the approved part of it, how many are left out and why, whether the cycle is over.</summary>
internal sealed record BehindFigure(DateTimeOffset? ClosedAt, Dictionary<string, int> LeftOut, decimal Numerator, decimal Denominator, int Approved, PublishedRow? Published)
{
    /// <summary>
    /// The nodes that have schools, then their rows: one index range each. By the whole range of paths the planner would have to
    /// read all indicators.
    /// </summary>
    public const string SchoolsBelow = """
        (select f.path from node_figures f where f.cycle_id = $1 and f.indicator = $2 and f.path >= $3 and f.path < $4) n
        cross join lateral (select * from school_indicators x where x.cycle_id = $1 and x.node_path = n.path and x.indicator = $2) s
        """;

    public static async Task<BehindFigure> ReadAsync(Database database, FigureHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        // The node's totals are the caller's to see, named schools are not among them: those are filtered where they are listed.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = Budgets.StatementSeconds };
        batch.BatchCommands.Add(new("select closed_at from cycle_closings where cycle_id = $1") { Parameters = { new() { Value = cycleId } } });
        batch.BatchCommands.Add(At(head, cycleId, """
            select approved_numerator, approved_denominator, approved, not_submitted, missing, due - reported - not_submitted - missing
            from node_figures where cycle_id = $1 and path = $3 and indicator = $2
            """));
        batch.BatchCommands.Add(At(head, cycleId, """
            select p.number, p.published_at, p.final, p.formula_version, f.numerator, f.denominator, f.reported from published_figures f
            join publications p on p.cycle_id = f.cycle_id and p.number = f.number
            where f.cycle_id = $1 and f.path = $3 and f.indicator = $2 order by f.number desc limit 1
            """));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        DateTimeOffset? closedAt = await reader.ReadAsync(cancellationToken) ? reader.GetFieldValue<DateTimeOffset>(0) : null;
        await reader.NextResultAsync(cancellationToken);
        var (leftOut, numerator, denominator, approved) = (new Dictionary<string, int>(), 0m, 0m, 0);
        if (await reader.ReadAsync(cancellationToken))
        {
            (numerator, denominator, approved) = (reader.GetDecimal(0), reader.GetDecimal(1), reader.GetInt32(2));
            foreach (var (reason, column) in (ReadOnlySpan<(string, int)>)[(SchoolIndicator.NotSubmitted, 3), (IndicatorOutcome.Missing, 4), (IndicatorOutcome.Broken, 5)])
            {
                if (reader.GetInt32(column) is var count and > 0)
                {
                    leftOut[reason] = count;
                }
            }
        }

        await reader.NextResultAsync(cancellationToken);
        PublishedRow? published = await reader.ReadAsync(cancellationToken)
            ? new(reader.GetInt32(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetBoolean(2), reader.GetString(3), reader.GetDecimal(4), reader.GetDecimal(5), reader.GetInt32(6))
            : null;
        return new(closedAt, leftOut, numerator, denominator, approved, published);
    }

    private static NpgsqlBatchCommand At(FigureHead head, Guid cycleId, string sql) =>
        new(sql) { Parameters = { new() { Value = cycleId }, new() { Value = head.Indicator.Id }, new() { Value = head.Place.CyclePath } } };
}

/// <summary>The node's figure in the newest publication.</summary>
internal sealed record PublishedRow(int Number, DateTimeOffset At, bool Final, string FormulaVersion, decimal Numerator, decimal Denominator, int Reported);
