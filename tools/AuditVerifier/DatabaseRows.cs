using System.Data;
using Gengdu.Audit;
using Npgsql;

namespace Gengdu.AuditVerifier;

/// <summary>From the database, in one snapshot, streamed.</summary>
internal sealed class DatabaseRows : IAuditRows
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _snapshot;

    private DatabaseRows(NpgsqlDataSource dataSource, NpgsqlConnection connection, NpgsqlTransaction snapshot) =>
        (_dataSource, _connection, _snapshot) = (dataSource, connection, snapshot);

    public static async Task<DatabaseRows> OpenAsync(string database, string schema)
    {
        var dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { SearchPath = schema, ApplicationName = "gengdu-audit-verifier", CommandTimeout = 0 });
        var connection = await dataSource.OpenConnectionAsync();
        return new(dataSource, connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead));
    }

    public async IAsyncEnumerable<(AuditEntry Entry, AuditPersonal? Personal)> ReadAsync()
    {
        // Not by the index, which whoever changes rows behind our back may have left pointing elsewhere.
        await using var settings = new NpgsqlCommand("set local enable_indexscan = off; set local enable_bitmapscan = off; set local enable_indexonlyscan = off; set local work_mem = '64MB'", _connection, _snapshot);
        await settings.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand($"""
            select {string.Join(", ", AuditOptions.Columns.Split(", ").Select(column => "e." + column))}, p.salt, p.text, p.person_id
            from audit_entries e left join audit_personal p on p.seq = e.seq order by e.seq
            """, _connection, _snapshot);
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        while (await row.ReadAsync())
        {
            var entry = EntryOf(row);
            var salt = row.IsDBNull(20) ? null : row.GetFieldValue<byte[]>(20);
            yield return (entry, salt is null ? null : new AuditPersonal { Seq = entry.Seq, Salt = salt, Text = row.GetString(21) });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _snapshot.DisposeAsync();
        await _connection.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    private static AuditEntry EntryOf(NpgsqlDataReader row) => new()
    {
        Seq = row.GetInt64(0),
        RecordedAt = row.GetFieldValue<DateTimeOffset>(1),
        Id = row.GetGuid(2),
        At = row.GetFieldValue<DateTimeOffset>(3),
        ActorId = row.IsDBNull(4) ? null : row.GetGuid(4),
        ClientId = Text(row, 5),
        Session = Text(row, 6),
        Act = row.GetString(7),
        Outcome = row.GetString(8),
        ObjectKind = row.GetString(9),
        ObjectId = Text(row, 10),
        OrganisationId = row.IsDBNull(11) ? null : row.GetGuid(11),
        OrganisationPath = Text(row, 12),
        Rows = row.IsDBNull(13) ? null : row.GetInt32(13),
        Filter = Text(row, 14),
        Details = Text(row, 15),
        TraceId = Text(row, 16),
        PersonalHash = row.IsDBNull(17) ? null : row.GetFieldValue<byte[]>(17),
        PrevHash = row.GetFieldValue<byte[]>(18),
        Hash = row.GetFieldValue<byte[]>(19),
    };

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
