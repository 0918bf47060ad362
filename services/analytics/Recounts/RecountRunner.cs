using System.Data;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Quality;
using Gengdu.Audit;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Recounts;

/// <summary>
/// Does the recounts that wait, one after the other. Which of several processes does one is decided by a lock that is held as long as it
/// runs: when the process dies, another one, or itself after its start, begins it anew.
/// </summary>
internal sealed partial class RecountRunner(Database database, Comparison comparison, QualityAssessor quality, FigureSwap swap, AuditSignal audit, TimeProvider clock, ILogger<RecountRunner> logger)
{
    private const int Tries = 3;
    private static readonly Meter s_meter = new(Rounds.Meter);
    private static readonly Counter<long> s_differences = s_meter.CreateCounter<long>(
        "gengdu.figures.differing", description: "Figures that a recount found to be others than the stored revisions say; anything but 0 is a bug");
    private static readonly Counter<long> s_compared = s_meter.CreateCounter<long>("gengdu.figures.compared", description: "Figures that recounts compared");

    public async Task RunWaitingAsync(CancellationToken cancellationToken)
    {
        // All figures of a cycle are looked at, and none of them in anybody's name.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        foreach (var (id, cycleId, kind) in await OpenAsync(connection, cancellationToken))
        {
            await using var holder = await database.System.OpenConnectionAsync(cancellationToken);
            await using var holding = await holder.BeginTransactionAsync(cancellationToken);
            if (!await HoldAsync(holder, id, cancellationToken))
            {
                continue;
            }

            try
            {
                if (await StartAsync(connection, id, cancellationToken))
                {
                    await RunAsync(id, cycleId, kind, cancellationToken);
                }
            }
            catch (CancelledException)
            {
                await EndAsync(connection, id, "cancelled", null, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                await EndAsync(connection, id, "failed", null, cancellationToken);
                Rounds.Failed("recounts", logger, fault, level: LogLevel.Error);
            }
        }
    }

    private async Task RunAsync(Guid id, Guid cycleId, string kind, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var compared = await CompareAsync(id, cycleId, setAside: kind == Recount.Rebuild, cancellationToken);
            s_compared.Add(compared.Figures);
            if (kind == Recount.Nightly)
            {
                await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
                await EndAsync(connection, id, "finished", compared, cancellationToken);
                Tell(cycleId, compared);
                return;
            }

            if (await SwapAsync(id, cycleId, compared, cancellationToken))
            {
                Tell(cycleId, compared);
                return;
            }
        }

        throw new InvalidOperationException($"The rebuild of cycle {cycleId} was overtaken {Tries} times, by other formulas or by a fall of the database");
    }

    private async Task<Compared> CompareAsync(Guid id, Guid cycleId, bool setAside, CancellationToken cancellationToken)
    {
        await using var progress = await database.System.OpenConnectionAsync(cancellationToken);
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using (var forget = new NpgsqlCommand("delete from recounted_rows where recount_id = $1", connection) { Parameters = { new() { Value = id } } })
        {
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }

        var compared = await comparison.RunAsync(connection, cycleId, async (done, of) =>
        {
            await using var tell = new NpgsqlCommand("update recounts set done = $2, organisations = $3 where id = $1 returning cancel_asked", progress)
            { Parameters = { new() { Value = id }, new() { Value = done }, new() { Value = of } } };
            if (await tell.ExecuteScalarAsync(cancellationToken) is not false)
            {
                throw new CancelledException();
            }
        }, rows => setAside ? FigureSwap.SetAsideAsync(connection, id, cycleId, rows, cancellationToken) : Task.CompletedTask, cancellationToken);
        // A rebuild has them judged again, whatever they are.
        foreach (var (path, rows) in setAside ? [] : await quality.CompareAsync(connection, cycleId, cancellationToken))
        {
            compared.Quality += rows;
            compared.Examples.Add($"quality {path}");
        }

        await transaction.CommitAsync(cancellationToken);
        return compared;
    }

    private async Task<bool> SwapAsync(Guid id, Guid cycleId, Compared compared, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var locked = 0L;
        if (compared.Differences > 0)
        {
            await CycleLock.TakeAsync(connection, [cycleId], cancellationToken);
            var started = Stopwatch.GetTimestamp();
            if (!await swap.ApplyAsync(connection, id, cycleId, compared, cancellationToken))
            {
                return false;
            }

            locked = (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        await using (var judge = new NpgsqlBatch(connection) { BatchCommands = { QualityMark.OfCycle(cycleId) } })
        {
            await judge.ExecuteNonQueryAsync(cancellationToken);
        }

        await EndAsync(connection, id, "finished", compared, cancellationToken, (int)locked);
        await transaction.CommitAsync(cancellationToken);
        audit.Wake();
        return true;
    }

    /// <summary>Whoever asked gets an entry of the audit; so does the night, when it found something.</summary>
    private async Task EndAsync(NpgsqlConnection connection, Guid id, string state, Compared? compared, CancellationToken cancellationToken, int? swapMilliseconds = null)
    {
        await using var command = new NpgsqlCommand("""
            update recounts set state = $2, finished_at = $3, module_reports = $4, figures = $5, differences = $6, examples = $7, swap_milliseconds = $8
            where id = $1 returning cycle_id, requested_by, kind
            """, connection)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = state }, new() { Value = clock.GetUtcNow() }, new() { Value = compared?.ModuleReports ?? 0 }, new() { Value = compared?.Figures ?? 0 },
                new() { Value = compared?.Differences ?? 0 }, new() { Value = compared?.Examples.ToArray() ?? [] },
                new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer, Value = (object?)swapMilliseconds ?? DBNull.Value },
            },
        };
        AuditAct? act = null;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (await reader.ReadAsync(cancellationToken) && (compared?.Differences > 0 || reader.GetString(2) == Recount.Rebuild))
            {
                act = AuditAct.By(reader.IsDBNull(1) ? null : reader.GetGuid(1), reader.GetString(2) == Recount.Rebuild ? "figures.rebuilt" : "figures.compared", reader.GetGuid(0), details: new { state })
                    with { Rows = compared?.Differences ?? 0 };
            }
        }

        await AuditPending.InsertAsync(connection, act is null ? [] : [AuditPending.For(act, clock.GetUtcNow())], cancellationToken);
    }

    private void Tell(Guid cycleId, Compared compared)
    {
        s_differences.Add(compared.Differences);
        if (compared.Differences > 0)
        {
            Log.Differing(logger, cycleId, compared.Differences, compared.Figures, string.Join("; ", compared.Examples));
        }
    }

    private static async Task<List<(Guid Id, Guid CycleId, string Kind)>> OpenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id, cycle_id, kind from recounts where state in ('waiting', 'running') order by kind <> 'rebuild', requested_at", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var open = new List<(Guid, Guid, string)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            open.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2)));
        }

        return open;
    }

    private static async Task<bool> HoldAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var hold = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 7307))", connection) { Parameters = { new() { Value = id.ToString() } } };
        return await hold.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<bool> StartAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken)
    {
        await using var start = new NpgsqlCommand("update recounts set state = 'running', started_at = $2, done = 0 where id = $1 and state in ('waiting', 'running') returning 1", connection)
        { Parameters = { new() { Value = id }, new() { Value = clock.GetUtcNow() } } };
        return await start.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private sealed class CancelledException : OperationCanceledException;

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "{Differences} of {Figures} figures of cycle {CycleId} are not what the stored revisions say: {Examples}")]
        public static partial void Differing(ILogger logger, Guid cycleId, int differences, int figures, string examples);
    }
}
