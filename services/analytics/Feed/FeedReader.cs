using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Feed;

/// <summary>One page.</summary>
/// <param name="More">Whether another follows.</param>
/// <param name="Count">How many rows there are in all, where that was asked.</param>
internal sealed record FeedPage(IReadOnlyList<FeedRow> Rows, bool More, long? Count);

/// <summary>Reads a page and lets the connection go: who takes it slowly holds nothing up, and a page is all there is in memory.</summary>
internal sealed class FeedReader(Database database, ProgrammeShelf programmes)
{
    public async Task<(FeedPage? Page, Problem? Problem)> ReadAsync(FeedQuery query, Caller caller, int most, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (scope, problem) = await ScopeAsync(connection, query.Set, caller, cancellationToken);
        if (scope is null)
        {
            return (null, problem);
        }

        var wanted = (int)Math.Min(most, query.Top ?? most);
        var rows = new List<FeedRow>(Math.Min(wanted, 1000));
        foreach (var cycle in CyclesOf(query.Set, scope, query.After))
        {
            if (rows.Count <= wanted)
            {
                await PageOfAsync(connection, query, scope, cycle, wanted + 1 - rows.Count, rows, cancellationToken);
            }
        }

        var count = query.Count ? await CountAsync(connection, query, scope, cancellationToken) : (long?)null;
        var more = rows.Count > wanted;
        if (more)
        {
            rows.RemoveRange(wanted, rows.Count - wanted);
        }

        return (new(rows, more && (query.Top is null || query.Top > rows.Count), count), null);
    }

    public async Task<(long? Count, Problem? Problem)> CountAsync(FeedQuery query, Caller caller, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var (scope, problem) = await ScopeAsync(connection, query.Set, caller, cancellationToken);
        return scope is null ? (null, problem) : (await CountAsync(connection, query, scope, cancellationToken), null);
    }

    private async Task<(FeedScope? Scope, Problem? Problem)> ScopeAsync(NpgsqlConnection connection, FeedSet set, Caller caller, CancellationToken cancellationToken)
    {
        var (cycles, problem) = set.ByCycle || set.OfIndicators ? await FeedScope.CyclesAsync(connection, programmes, cancellationToken) : ([], null);
        return problem is null ? (new(caller, cycles), null) : (null, problem);
    }

    // From the cycle of the row before on; sets that do not go by cycle are read once.
    private static IEnumerable<FeedCycle?> CyclesOf(FeedSet set, FeedScope scope, IReadOnlyList<string>? after)
    {
        if (!set.ByCycle)
        {
            return [null];
        }

        return after is [var last, ..] ? scope.Cycles.SkipWhile(cycle => cycle.Id.ToString() != last) : scope.Cycles;
    }

    private static async Task PageOfAsync(
        NpgsqlConnection connection, FeedQuery query, FeedScope scope, FeedCycle? cycle, int most, List<FeedRow> rows, CancellationToken cancellationToken)
    {
        var set = query.Set;
        var order = set.ByCycle ? [.. set.Order.Skip(1)] : set.Order;
        var after = query.After is null || (set.ByCycle && query.After[0] != cycle!.Id.ToString()) ? [] : set.ByCycle ? [.. query.After.Skip(1)] : query.After;
        var taken = FeedScope.Count + query.Filter.Values.Count;
        var sorted = string.Join(", ", order.Select(set.SqlOf));
        var behind = after.Count == 0 ? "" : $" and ({sorted}) > ({string.Join(", ", order.Select((_, at) => $"${taken + at + 1}"))})";
        await using var command = new NpgsqlCommand($"select {set.Select} {set.From}{query.Filter.Sql}{behind} order by {sorted} limit ${taken + after.Count + 1}", connection)
        { CommandTimeout = Budgets.StatementSeconds };
        command.Parameters.AddRange(scope.Parameters(cycle));
        command.Parameters.AddRange(query.Filter.Parameters().ToArray());
        foreach (var (column, text) in order.Zip(after))
        {
            FeedValues.TryRead(set.Column(column).Kind, text, out var value);
            command.Parameters.Add(new() { Value = value });
        }

        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(set, [.. set.Columns.Select((column, at) => column.Sql is null ? null : FeedValues.Read(reader, at, column.Kind))], cycle));
        }
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, FeedQuery query, FeedScope scope, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var cycle in CyclesOf(query.Set, scope, after: null))
        {
            await using var command = new NpgsqlCommand($"select count(*) {query.Set.From}{query.Filter.Sql}", connection) { CommandTimeout = Budgets.StatementSeconds };
            command.Parameters.AddRange(scope.Parameters(cycle));
            command.Parameters.AddRange(query.Filter.Parameters().ToArray());
            count += (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return count;
    }
}
