using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Forgets idempotency keys after seven days, in small steps beside the traffic. Receipts and revisions stay.</summary>
internal sealed class SubmissionKeyCleaner(NpgsqlDataSource dataSource, PostgresReadiness postgres, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ClearSomeAsync(stoppingToken) > 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(50), clock, stoppingToken);
                }
            }
            catch (NpgsqlException)
            {
                // The next hour tries again; nothing depends on it.
            }
        }
    }

    private async Task<int> ClearSomeAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("""
            delete from submission_keys where (person_id, key) in (
              select person_id, key from submission_keys where created_at < $1 order by created_at limit 2000)
            """);
        command.Parameters.AddWithValue(clock.GetUtcNow() - Keep);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
