using System.Text.Json.Nodes;
using Npgsql;

namespace Gengdu.Benchmarks.Machine;

/// <summary>Counts in the database what was answered with 2xx: the only proof that it happened.</summary>
internal sealed class Ledger(NpgsqlDataSource postgres)
{
    public Task<long> RevisionsAsync(CancellationToken cancellationToken) => CountAsync("select count(*) from reporting.revisions", cancellationToken);

    public Task<long> BareRevisionsAsync(CancellationToken cancellationToken) => CountAsync("select count(*) from bench.revisions", cancellationToken);

    /// <summary>What a module report's form holds.</summary>
    public async Task<JsonObject> ValuesAsync(Guid moduleReportId, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("select values::text from reporting.module_reports where id = $1");
        command.Parameters.Add(new() { Value = moduleReportId });
        return JsonNode.Parse((string)(await command.ExecuteScalarAsync(cancellationToken))!)!.AsObject();
    }

    /// <summary>Waits until every event has left the outbox.</summary>
    public Task PublishedAsync(TimeSpan atMost, CancellationToken cancellationToken) => NoneAsync("select count(*) from reporting.outbox_messages", atMost, cancellationToken);

    /// <summary>Whether analytics still counts groups that nobody has asked for, for minutes after a large cycle appeared (its GroupsAhead).</summary>
    public async Task<bool> GroupsAreCountedAsync(CancellationToken cancellationToken) => await CountAsync("""
        select count(*) from analytics.node_completeness n
        where n.schools >= 3000 and 11 * (select count(distinct f.indicator) from analytics.node_figures f where f.cycle_id = n.cycle_id and f.path = n.path)
          > (select count(*) from analytics.counted_groups g where g.cycle_id = n.cycle_id and g.path = n.path)
        """, cancellationToken) > 0;

    /// <summary>Waits until the bare pipeline has counted what it accepted.</summary>
    public Task BareCountedAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        NoneAsync("select (select count(*) from bench.revisions) - (select coalesce(sum(submitted), 0)::bigint from bench.counties)", atMost, cancellationToken);

    private async Task NoneAsync(string count, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        while (await CountAsync(count, patience.Token) > 0)
        {
            await Task.Delay(100, patience.Token);
        }
    }

    /// <summary>Submissions that supervision has a review for: their events were published, routed and consumed.</summary>
    public Task<long> ReviewsAsync(CancellationToken cancellationToken) => CountAsync("select count(*) from supervision.reviews", cancellationToken);

    /// <summary>Fails the run when rows and answers differ.</summary>
    public static void MustEqual(string what, long rows, long answers)
    {
        if (rows != answers)
        {
            throw new InvalidOperationException($"{what}: {answers} answers were 2xx, but the database has {rows} rows more. These figures are worth nothing.");
        }
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
