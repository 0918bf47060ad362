using System.Security.Cryptography;
using Gengdu.Contracts.Audit.V1;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.Audit;

/// <summary>
/// Every ten minutes and at the end: signs how long the chain is and what it holds, keeps that in the database, tells the
/// other services, and copies it to the second store. Of all processes one signs; each keeps its own store up to date.
/// </summary>
internal sealed partial class CheckpointWriter(
    Database database, AuditOptions options, PostgresReadiness postgres, IServiceProvider services, TimeProvider clock, ILogger<CheckpointWriter> logger) : BackgroundService
{
    private readonly MerkleTree _tree = new();
    private readonly CheckpointStore? _store = options.Folder is { Length: > 0 } folder ? new(folder, options.Stream) : null;
    private ECDsa? _key;

    /// <summary>Signs what is chained by now, if that is more than was signed.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        _key ??= Load();
        if (_key is not null && await SignAsync(_key, cancellationToken) && services.GetService<OutboxSignal>() is { } outbox)
        {
            outbox.Wake();
        }

        if (_store is not null)
        {
            await CopyAsync(_store, cancellationToken);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await CheckAsync(cancellationToken);
        }
        catch (Exception fault)
        {
            // The next process seals it.
            Log.NotSealedAtTheEnd(logger, fault.Message);
        }
    }

    public override void Dispose()
    {
        _key?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.KeyFile is not { Length: > 0 } || _store is null)
        {
            Log.NotConfigured(logger, options.Stream);
        }

        _key ??= Load();
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("audit-checkpoint", options.Every, CheckAsync, clock, logger, stoppingToken, atOnce: true, level: LogLevel.Error);
    }

    /// <summary>A key that is named and cannot be read stops the start: who configured one relies on it.</summary>
    private ECDsa? Load()
    {
        if (options.KeyFile is not { Length: > 0 } file)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            return key;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidOperationException($"Audit:CheckpointKeyFile names {file}, which cannot be read as a P-256 private key in PEM (environment variable Audit__CheckpointKeyFile).", fault);
        }
    }

    private async Task<bool> SignAsync(ECDsa key, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AloneAsync(connection, cancellationToken);
        var last = await LastAsync(connection, cancellationToken);
        var head = await GrowAsync(connection, cancellationToken);
        if (head is null || _tree.Size <= (last is null ? 0 : Checkpoint.Read(last).Size))
        {
            return false;
        }

        var checkpoint = new Checkpoint
        {
            Stream = options.Stream,
            Size = _tree.Size,
            Root = Convert.ToHexStringLower(_tree.Root()),
            Head = Convert.ToHexStringLower(head),
            At = AuditChain.Kept(clock.GetUtcNow()),
            Previous = Checkpoint.HashOf(last),
            Key = "",
        }.Signed(key);
        await KeepAsync(connection, checkpoint, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private byte[]? _head;

    /// <summary>Reads on from where the tree ends; after a start that is once the whole stream's hashes.</summary>
    private async Task<byte[]?> GrowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select hash from audit_entries where seq > $1 order by seq", connection) { Parameters = { new() { Value = _tree.Size } }, CommandTimeout = 600 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            _tree.Add(_head = reader.GetFieldValue<byte[]>(0));
        }

        return _head;
    }

    private static async Task<string?> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select line from audit_checkpoints order by size desc limit 1", connection);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task KeepAsync(NpgsqlConnection connection, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var line = checkpoint.ToLine();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("insert into audit_checkpoints (size, at, line) values ($1, $2, $3)")
                {
                    Parameters = { new() { Value = checkpoint.Size }, new() { Value = checkpoint.At }, new() { Value = line } },
                },
            },
        };
        // The gateway has no bus: its checkpoints go to the second store alone.
        if (services.GetService<OutboxSignal>() is not null)
        {
            var message = OutboxMessage.For(ToAuditCheckpointed(checkpoint, line), checkpoint.At);
            batch.BatchCommands.Add(new("insert into outbox_messages (id, type, body, trace_parent, not_before, attempts) values ($1, $2, $3, null, $4, 0)")
            {
                Parameters = { new() { Value = message.Id }, new() { Value = message.Type }, new() { Value = message.Body }, new() { Value = message.NotBefore } },
            });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static AuditCheckpointed ToAuditCheckpointed(Checkpoint checkpoint, string line) => new()
    {
        Stream = checkpoint.Stream,
        Size = checkpoint.Size,
        Root = checkpoint.Root,
        At = checkpoint.At,
        Line = line,
    };

    /// <summary>What the database knows and the store does not. A store that knows more than the database is a finding, not a fault.</summary>
    private async Task CopyAsync(CheckpointStore store, CancellationToken cancellationToken)
    {
        // Two processes may share the store: one copies, the other then finds it copied.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await AloneAsync(connection, cancellationToken);
        var known = store.LastLine();
        var size = known is null ? 0 : Checkpoint.Read(known).Size;
        var missing = new List<string>();
        await using (var command = new NpgsqlCommand("select line from audit_checkpoints where size >= $1 order by size", connection))
        {
            command.Parameters.AddWithValue(size);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                missing.Add(reader.GetString(0));
            }
        }

        if (known is not null && (missing.Count == 0 || missing[0] != known))
        {
            Log.StoreKnowsOtherwise(logger, options.Stream, size);
            return;
        }

        foreach (var line in known is null ? missing : missing.Skip(1))
        {
            var checkpoint = Checkpoint.Read(line);
            await store.AppendAsync(line, size, await HashesAsync(connection, size, checkpoint.Size, cancellationToken), cancellationToken);
            size = checkpoint.Size;
        }
    }

    private static async Task AloneAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var wait = new NpgsqlCommand($"select pg_advisory_xact_lock(hashtext(current_schema()), {AuditOptions.CheckpointLock})", connection);
        await wait.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<byte[]>> HashesAsync(NpgsqlConnection connection, long after, long to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select hash from audit_entries where seq > $1 and seq <= $2 order by seq", connection);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(to);
        command.CommandTimeout = 600;
        var hashes = new List<byte[]>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hashes.Add(reader.GetFieldValue<byte[]>(0));
        }

        return hashes;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The audit of {Stream} is chained but not sealed: set Audit:CheckpointKeyFile (P-256 private key, PEM) and Audit:CheckpointFolder (a folder away from the database)")]
        public static partial void NotConfigured(ILogger logger, string stream);

        [LoggerMessage(4, LogLevel.Warning, "No checkpoint at the end ({Reason}); the next start makes it")]
        public static partial void NotSealedAtTheEnd(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Critical, "The second store of {Stream} holds a checkpoint over {Size} entries that the database does not: was it restored from a backup, or tampered with? Run the verifier; nothing is copied until somebody decides")]
        public static partial void StoreKnowsOtherwise(ILogger logger, string stream, long size);
    }
}
