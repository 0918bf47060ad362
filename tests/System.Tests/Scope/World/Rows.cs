using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.System.Tests.Scope.World;

/// <summary>Looks at the rows as a superuser, past every filter: what was really changed, and whether all has come to rest.</summary>
internal sealed class Rows(TestDatabase database)
{
    // What a sign-in, a token, a message or the audit itself writes is not what a request asked for.
    private const string Bookkeeping = "outbox|inbox|audit|checkpoint|heartbeats|ended_sign_ins|session|token|_codes|code$|keys|_seen|seen_|migrations|browser|logout|failures|pushed|protection";

    public async Task<IReadOnlyDictionary<string, string>> ChecksumsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var tables = await ReadAsync(connection, """
            select format('%I.%I', table_schema, table_name), '' from information_schema.tables
            where table_type = 'BASE TABLE' and table_schema in ('identity', 'reporting', 'supervision', 'analytics') and table_name !~ $1
            """, cancellationToken, Bookkeeping);
        var each = tables.Keys.Select(table => $"select '{table}', md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t");
        return await ReadAsync(connection, string.Join(" union all ", each), cancellationToken);
    }

    /// <summary>Nothing left to send or to judge, and two looks that agree.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken, int seconds = 60)
    {
        IReadOnlyDictionary<string, string> before = new Dictionary<string, string>();
        for (var i = 0; i < seconds * 4; i++)
        {
            var now = await ChecksumsAsync(cancellationToken);
            if (now.All(pair => before.GetValueOrDefault(pair.Key) == pair.Value) && await NumberAsync(Unsent, cancellationToken) == 0)
            {
                return;
            }

            before = now;
            await Task.Delay(250, cancellationToken);
        }

        Assert.Fail($"The platform did not come to rest within {seconds} s");
    }

    /// <summary>All acts of a service are chained.</summary>
    public async Task AuditedAsync(string service, CancellationToken cancellationToken)
    {
        for (var i = 0; await NumberAsync($"select count(*) from {service}.audit_pending", cancellationToken) > 0; i++)
        {
            Assert.True(i < 300, $"{service} has acts that were not chained within 30 s");
            await Task.Delay(100, cancellationToken);
        }
    }

    public async Task<long> NumberAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, sql, parameters);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), global::System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task<IReadOnlyDictionary<string, string>> PairsAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await ReadAsync(connection, sql, cancellationToken, parameters);
    }

    public async Task DoAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Command(connection, sql, []);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private const string Unsent = """
        select (select count(*) from identity.outbox_messages) + (select count(*) from reporting.outbox_messages)
          + (select count(*) from supervision.outbox_messages) + (select count(*) from analytics.outbox_messages)
          + (select count(*) from analytics.quality_marks) + (select count(*) from analytics.exports where state in ('waiting', 'running'))
        """;

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(await PostgresServer.AdministratorAsync(database.Name));
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pairs = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            pairs[reader.GetString(0)] = reader.GetString(1);
        }

        return pairs;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        return command;
    }
}
