using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.Analytics.Tests;

/// <summary>What another process holds: its statement is done and its transaction open. When this is disposed it is committed, and what it locked is free.</summary>
internal sealed class Held : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _server;

    private Held(NpgsqlConnection connection, NpgsqlTransaction transaction, string server) => (_connection, _transaction, _server) = (connection, transaction, server);

    public static async Task<Held> ByAsync(AnalyticsFixture fixture, string sql)
    {
        var server = await PostgresServer.AdministratorAsync(fixture.Host.Database.Name);
        var connection = new NpgsqlConnection(server + ";Pooling=false");
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync();
        return new(connection, transaction, server);
    }

    /// <summary>Returns once somebody waits for what is held; it is no waiting when what asks for it has an answer.</summary>
    public async Task BlocksAsync(Task asks)
    {
        await using var looking = new NpgsqlConnection(_server);
        await looking.OpenAsync();
        await using var waiting = new NpgsqlCommand("select exists (select from pg_stat_activity where $1 = any(pg_blocking_pids(pid)))", looking) { Parameters = { new() { Value = _connection.ProcessID } } };
        while (await waiting.ExecuteScalarAsync() is not true)
        {
            Assert.False(asks.IsCompleted, "nobody waited for it");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.CommitAsync();
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
