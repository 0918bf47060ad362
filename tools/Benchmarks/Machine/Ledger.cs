using Npgsql;

namespace Gengdu.Benchmarks.Machine;

/// <summary>Counts in the database what was answered with 2xx: the only proof that it happened.</summary>
internal sealed class Ledger(NpgsqlDataSource postgres)
{
    public Task<long> RevisionsAsync(CancellationToken cancellationToken) => CountAsync("select count(*) from reporting.revisions", cancellationToken);

    public Task<long> BareRevisionsAsync(CancellationToken cancellationToken) => CountAsync("select count(*) from bench.revisions", cancellationToken);

    /// <summary>Waits until every event has left the outbox.</summary>
    public async Task PublishedAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        while (await CountAsync("select count(*) from reporting.outbox_messages", patience.Token) > 0)
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
