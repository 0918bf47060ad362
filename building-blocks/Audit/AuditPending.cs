using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Audit;

/// <summary>
/// An act that is written and not yet chained. In the transaction of the change it tells of: no change without it, and
/// when it cannot be written, nothing is changed.
/// </summary>
public sealed class AuditPending
{
    private AuditPending()
    {
    }

    /// <summary>Sorts by time; the entry keeps it.</summary>
    public Guid Id { get; private init; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset At { get; private init; }

    /// <summary>The act as JSON: one column, so that it goes along in anybody's set-wise statement.</summary>
    public string Body { get; private init; } = "";

    /// <summary>Builds the row; for callers that write it with their own SQL.</summary>
    public static AuditPending For(AuditAct act, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(act);
        return new() { Id = Guid.CreateVersion7(now), At = now.ToUniversalTime(), Body = JsonSerializer.Serialize(AuditOrigin.Stamp(act), AuditJson.Default.AuditAct) };
    }

    /// <summary>Many rows in one round trip.</summary>
    /// <param name="connection">With the transaction of the change, or none.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyCollection<AuditPending> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("insert into audit_pending (id, at, body) select * from unnest($1, $2, $3)", connection);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid, Value = rows.Select(row => row.Id).ToArray() });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz, Value = rows.Select(row => row.At).ToArray() });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = rows.Select(row => row.Body).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    internal static AuditAct Read(string body) => JsonSerializer.Deserialize(body, AuditJson.Default.AuditAct)!;
}

/// <summary>Auditing from a slice.</summary>
public static class Auditing
{
    /// <summary>Adds the act; the next SaveChanges commits it together with the change it tells of.</summary>
    public static void Audit(this DbContext db, AuditAct act, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Add(AuditPending.For(act, now));
    }

    /// <summary>Many acts in one statement of the context's present transaction: for slices that change with own SQL.</summary>
    public static Task AuditAsync(this DbContext db, IEnumerable<AuditAct> acts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        return db.Database.CurrentTransaction is null
            ? throw new InvalidOperationException("Acts are written in the transaction of the change they tell of; there is none")
            : AuditPending.InsertAsync(connection, [.. acts.Select(act => AuditPending.For(act, now))], cancellationToken);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AuditAct))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Checkpoint))]
internal sealed partial class AuditJson : JsonSerializerContext;
