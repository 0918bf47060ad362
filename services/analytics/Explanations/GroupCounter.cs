using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Gengdu.Analytics.Figures;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Explanations;

/// <summary>Which groups: one indicator of one large place, by one dimension.</summary>
internal readonly record struct GroupKey(Guid CycleId, string ProgrammeVersion, string Path, string Indicator, string Dimension);

/// <summary>What is asked, and how it is counted: over a connection that sees all, within so many seconds.</summary>
internal sealed record GroupQuestion(GroupKey Key, Func<NpgsqlConnection, int, CancellationToken, Task<GroupRows>> CountAsync)
{
    /// <summary>One indicator of a place by one dimension.</summary>
    public static GroupQuestion Of(FigureHead head, Dimension dimension, Guid cycleId) => new(
        new(cycleId, head.Formulas.Programme.Version, head.Place.CyclePath, head.Indicator.Id, dimension.Key),
        (connection, seconds, cancellationToken) => GroupRows.ReadAsync(connection, head, dimension, cycleId, cancellationToken, seconds));
}

/// <summary>Counts the groups of large places: each question once at a time, however many ask, and behind the page as soon as something is there to show.</summary>
internal sealed class GroupCounter(Database database, IOptions<GroupOptions> options, TimeProvider clock, ILogger<GroupCounter> logger, IHostApplicationLifetime lifetime) : IDisposable
{
    // A nation takes a second or two, on a machine that is busy longer than any request may wait; what was begun is kept for the next who asks.
    private const int PatienceSeconds = 60;

    // A count of another process may be newer than ours by now.
    private const string Keep = """
        insert into counted_groups as k (cycle_id, path, indicator, dimension, number, programme_version, counted_at, rows)
        values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
        on conflict (cycle_id, path, indicator, dimension) do update set number = excluded.number, programme_version = excluded.programme_version,
          counted_at = excluded.counted_at, rows = excluded.rows where excluded.number >= k.number
        """;

    private readonly ConcurrentDictionary<GroupKey, Lazy<Task<GroupRows>>> _waited = new();
    private readonly ConcurrentDictionary<GroupKey, bool> _behind = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>For somebody who waits because there is nothing to show yet.</summary>
    public Task<GroupRows> CountAsync(GroupQuestion question, CancellationToken cancellationToken) =>
        // Not with the token of one who waits: others wait for the same.
        _waited.GetOrAdd(question.Key, _ => new(() => Task.Run(() => CountOnceAsync(question), CancellationToken.None))).Value.WaitAsync(cancellationToken);

    /// <summary>Returns at once. One count after the other, and a rest after each, so that what comes in goes first.</summary>
    /// <returns>The count, for those who want to see it done.</returns>
    public Task CountBehind(GroupQuestion question) =>
        _behind.TryAdd(question.Key, true) ? Task.Run(() => BehindAsync(question, lifetime.ApplicationStopping)) : Task.CompletedTask;

    public void Dispose() => _turn.Dispose();

    private async Task<GroupRows> CountOnceAsync(GroupQuestion question)
    {
        try
        {
            return await CountAndKeepAsync(question, behind: false, lifetime.ApplicationStopping);
        }
        finally
        {
            _waited.TryRemove(question.Key, out _);
        }
    }

    private async Task BehindAsync(GroupQuestion question, CancellationToken stopping)
    {
        try
        {
            await _turn.WaitAsync(stopping);
            try
            {
                var started = Stopwatch.GetTimestamp();
                await CountAndKeepAsync(question, behind: true, stopping);
                _behind.TryRemove(question.Key, out _);
                await Task.Delay(Stopwatch.GetElapsedTime(started) * options.Value.Rest, stopping);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next process counts it when somebody asks.
        }
        catch (Exception fault)
        {
            Rounds.Failed("groups", logger, fault);
        }
        finally
        {
            _behind.TryRemove(question.Key, out _);
        }
    }

    private async Task<GroupRows> CountAndKeepAsync(GroupQuestion question, bool behind, CancellationToken cancellationToken)
    {
        var key = question.Key;
        // The node's totals are the caller's to see, and these are totals: no school is named.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (behind)
        {
            await StayOnOneCoreAsync(connection, cancellationToken);
        }

        // Read before the rows: what is counted may be newer than its number says, never older.
        var number = await FigureVersion.ReadAsync(connection, key.CycleId, cancellationToken);
        var rows = await question.CountAsync(connection, PatienceSeconds, cancellationToken);
        await using var keep = new NpgsqlCommand(Keep, connection)
        {
            CommandTimeout = Budgets.StatementSeconds,
            Parameters =
            {
                new() { Value = key.CycleId }, new() { Value = key.Path }, new() { Value = key.Indicator }, new() { Value = key.Dimension }, new() { Value = number },
                new() { Value = key.ProgrammeVersion }, new() { Value = clock.GetUtcNow() }, new() { Value = JsonSerializer.Serialize(rows, JsonSerializerOptions.Web) },
            },
        };
        await keep.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    // Somebody who waits may have every core; a count nobody waits for leaves the others to those who do.
    private static async Task StayOnOneCoreAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("set local max_parallel_workers_per_gather = 0", connection) { CommandTimeout = Budgets.StatementSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
