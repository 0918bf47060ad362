using Gengdu.Analytics.Exports;
using Gengdu.TestKit;
using Npgsql;

namespace Gengdu.Analytics.Tests.Exports;

/// <summary>A file of values that has begun and waits for what the schools wrote: somebody holds that table.</summary>
internal sealed class HalfMade(NpgsqlConnection holder, NpgsqlTransaction hold, Guid id) : IAsyncDisposable
{
    private const string Waiting = "from pg_stat_activity where datname = current_database() and query like 'select organisation_id, module_key, values::text%' and wait_event_type = 'Lock'";

    public Guid Id => id;

    public static async Task<HalfMade> AskedAsync(AnalyticsFixture fixture, HttpClient owner, TestCycle cycle)
    {
        var holder = new NpgsqlConnection(await PostgresServer.AdministratorAsync(fixture.Host.Database.Name) + ";Pooling=false");
        await holder.OpenAsync();
        var half = new HalfMade(holder, await holder.BeginTransactionAsync(), Guid.Empty);
        await half.AskAsync("lock table analytics.module_values in access exclusive mode");
        var asked = await owner.AskedAsync(ExportScenes.Order(cycle, fixture.Province.Root, ExportKinds.Values, "csv"));
        for (var tries = 0; await half.AskAsync($"select exists (select {Waiting})") is not true; tries++)
        {
            Assert.True(tries < 1000, "the file never asked for the values");
            await Task.Delay(20);
            // Within a transaction the database shows what went on when it was first asked.
            await half.AskAsync("select pg_stat_clear_snapshot()");
        }

        return new(holder, half.Hold, asked.Id);
    }

    /// <summary>The values are there to be read again.</summary>
    public Task GoOnAsync() => hold.RollbackAsync();

    /// <summary>The connection that reads them falls.</summary>
    public Task CutAsync() => AskAsync($"select pg_terminate_backend(pid) {Waiting}");

    public async ValueTask DisposeAsync()
    {
        await hold.DisposeAsync();
        await holder.DisposeAsync();
    }

    private NpgsqlTransaction Hold => hold;

    private async Task<object?> AskAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, holder, hold);
        return await command.ExecuteScalarAsync();
    }
}
