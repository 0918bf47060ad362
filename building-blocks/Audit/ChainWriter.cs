using System.Security.Cryptography;
using System.Text.Json;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Audit;

/// <summary>
/// Moves acts from audit_pending into the chain. Of all processes of a service one writes at a time, found by an advisory lock
/// that ends with each batch. Found by their state, never by a position in a sequence: a transaction that commits late is not
/// passed over. Entry and deletion of the pending row are one transaction, so an act is chained once.
/// </summary>
internal sealed partial class ChainWriter(
    Database database, AuditOptions options, AuditSignal signal, PostgresReadiness postgres, TimeProvider clock, ILogger<ChainWriter> logger) : BackgroundService
{
    internal const int BatchSize = 2000;
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);

    /// <summary>Under load many acts share a batch: chaining must not take commits away from those who wait for theirs.</summary>
    private static readonly TimeSpan Collecting = TimeSpan.FromMilliseconds(100);
    /// <summary>Acts this process cannot chain.</summary>
    private readonly HashSet<Guid> _leftOut = [];
    private Guid _first;
    private readonly AuditChain _chain = new(options.Stream);

    /// <summary>Chains what is pending; for tests and for the end of the process.</summary>
    public async Task<int> ChainAllAsync(CancellationToken cancellationToken)
    {
        var chained = 0;
        for (int size = BatchSize, taken = size; taken == size;)
        {
            try
            {
                taken = await ChainBatchAsync(size, cancellationToken);
                chained += taken;
            }
            catch (Exception fault) when (IsOfARow(fault))
            {
                if (size == 1)
                {
                    // It stays pending, for a release that can read it; the acts after it are chained.
                    if (!_leftOut.Add(_first))
                    {
                        throw;
                    }

                    Log.LeftOut(logger, fault, _first);
                }

                // Which of them it is shows when each goes alone.
                (size, taken) = (1, 1);
            }
        }

        return chained;
    }

    private static bool IsOfARow(Exception fault) => fault is JsonException or PostgresException { SqlState: ['2', '2', ..] };

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await ChainAllAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // They stay pending; the next process chains them.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await ChainAllAsync(stoppingToken);
                failures = 0;
                await signal.WaitAsync(PollEvery, stoppingToken);
                await Task.Delay(Collecting, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Rounds.Failed("audit-chain", logger, fault, ++failures, LogLevel.Error);
                await Task.Delay(PollEvery, stoppingToken);
            }
        }
    }

    private async Task<int> ChainBatchAsync(int size, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await TakeAsync(connection, size, cancellationToken) is not { Count: > 0 } taken)
        {
            return 0;
        }

        _first = taken[0].Id;
        var (seq, last, recordedAt) = await HeadAsync(connection, cancellationToken);
        var now = AuditChain.Kept(clock.GetUtcNow());
        // A clock that is set back does not make an entry older than the one before it.
        recordedAt = now > recordedAt ? now : recordedAt;
        var entries = new List<AuditEntry>(taken.Count);
        var personal = new List<AuditPersonal>();
        foreach (var (id, at, body) in taken)
        {
            var entry = EntryOf(AuditPending.Read(body), ++seq, id, at, recordedAt, last, personal);
            last = entry.Hash;
            entries.Add(entry);
        }

        await CopyAsync(connection, entries, cancellationToken);
        await CopyAsync(connection, personal, cancellationToken);
        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
        return taken.Count;
    }

    // Lost with the machine, the batch is pending again: deletion and entry go together. So it need not wait for the disk; a
    // checkpoint, which tells others of an entry, commits the ordinary way and takes everything before it along.
    private async Task<List<(Guid Id, DateTimeOffset At, string Body)>> TakeAsync(NpgsqlConnection connection, int size, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"""
            with alone as materialized (select pg_try_advisory_xact_lock(hashtext(current_schema()), {AuditOptions.ChainLock}) as granted, set_config('synchronous_commit', 'off', true)),
            due as materialized (select id from audit_pending where (select granted from alone) and id <> all($1) order by id limit $2)
            delete from audit_pending where id = any(array(select id from due)) returning id, at, body
            """, connection)
        { Parameters = { new() { Value = _leftOut.ToArray() }, new() { Value = size } } };
        var taken = new List<(Guid, DateTimeOffset, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add((reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2)));
        }

        taken.Sort((a, b) => a.Item1.CompareTo(b.Item1));
        return taken;
    }

    // A statement of its own: its snapshot is taken after the lock, so it sees what the writer before committed.
    private static async Task<(long Seq, byte[] Hash, DateTimeOffset RecordedAt)> HeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select seq, hash, recorded_at from audit_entries order by seq desc limit 1", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<DateTimeOffset>(2))
            : (0, AuditChain.Start, DateTimeOffset.UnixEpoch);
    }

    private AuditEntry EntryOf(AuditAct act, long seq, Guid id, DateTimeOffset at, DateTimeOffset recordedAt, byte[] previous, List<AuditPersonal> personal)
    {
        byte[]? personalHash = null;
        if (act.Personal is { } text)
        {
            var salt = RandomNumberGenerator.GetBytes(16);
            personalHash = AuditChain.HashOfPersonal(salt, text);
            personal.Add(new() { Seq = seq, PersonId = act.PersonalOf, Salt = salt, Text = text });
        }

        AuditEntry With(byte[] hash) => new()
        {
            Seq = seq, RecordedAt = recordedAt, Id = id, At = at, ActorId = act.ActorId, ClientId = act.ClientId, Session = act.Session, Act = act.Act,
            Outcome = AuditOptions.Key(act.Outcome), ObjectKind = act.ObjectKind ?? "", ObjectId = act.ObjectId, OrganisationId = act.OrganisationId,
            OrganisationPath = act.OrganisationPath, Rows = act.Rows, Filter = act.Filter, Details = act.Details, TraceId = act.TraceId,
            PersonalHash = personalHash, PrevHash = previous, Hash = hash,
        };
        return With(_chain.HashOf(With([]), previous));
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<AuditEntry> entries, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy audit_entries ({AuditOptions.Columns}) from stdin (format binary)", cancellationToken);
        foreach (var e in entries)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(e.Seq, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(e.RecordedAt, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(e.Id, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(e.At, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(e.ActorId, NpgsqlDbType.Uuid, cancellationToken);
            foreach (var text in new[] { e.ClientId, e.Session, e.Act, e.Outcome, e.ObjectKind, e.ObjectId })
            {
                await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
            }

            await copy.WriteAsync(e.OrganisationId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(e.OrganisationPath, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(e.Rows, NpgsqlDbType.Integer, cancellationToken);
            foreach (var text in new[] { e.Filter, e.Details, e.TraceId })
            {
                await copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
            }

            await copy.WriteAsync(e.PersonalHash, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(e.PrevHash, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(e.Hash, NpgsqlDbType.Bytea, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, List<AuditPersonal> personal, CancellationToken cancellationToken)
    {
        if (personal.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync("copy audit_personal (seq, person_id, salt, text) from stdin (format binary)", cancellationToken);
        foreach (var p in personal)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(p.Seq, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(p.PersonId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(p.Salt, NpgsqlDbType.Bytea, cancellationToken);
            await copy.WriteAsync(p.Text, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The act {Id} cannot be read or written and stays pending; those after it are chained")]
        public static partial void LeftOut(ILogger logger, Exception fault, Guid id);
    }
}
