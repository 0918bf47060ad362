using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Forgets keys of saved batches after three days and presences after one, in small steps beside the traffic.</summary>
internal sealed class SavedBatchCleaner(Database database, PostgresReadiness postgres, TimeProvider clock, ILogger<SavedBatchCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan KeepBatches = TimeSpan.FromDays(3);
    private static readonly TimeSpan KeepPresences = TimeSpan.FromDays(1);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("saved-batches", Every, ClearAsync, clock, logger, stoppingToken);
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        await ClearAsync("saved_batches", "module_report_id, person_id, key", "saved_at", KeepBatches, cancellationToken);
        await ClearAsync("presences", "module_report_id, person_id", "seen_at", KeepPresences, cancellationToken);
    }

    private async Task ClearAsync(string table, string key, string at, TimeSpan keep, CancellationToken cancellationToken)
    {
        // Everybody's rows, and nobody's request: the system's connection.
        for (var cleared = 1; cleared > 0;)
        {
            await using var command = database.System.CreateCommand(
                $"delete from {table} where ({key}) in (select {key} from {table} where {at} < $1 order by {at} limit 2000)");
            command.Parameters.AddWithValue(clock.GetUtcNow() - keep);
            cleared = await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
