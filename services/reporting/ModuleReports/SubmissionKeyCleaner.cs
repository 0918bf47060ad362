using Gengdu.ServiceDefaults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Forgets idempotency keys after seven days, in small steps beside the traffic. Receipts and revisions stay.</summary>
internal sealed class SubmissionKeyCleaner(Database database, PostgresReadiness postgres, TimeProvider clock, ILogger<SubmissionKeyCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("submission-keys", Every, ClearAsync, clock, logger, stoppingToken);
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        while (await ClearSomeAsync(cancellationToken) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }
    }

    private async Task<int> ClearSomeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.System.CreateCommand("""
            delete from submission_keys where (person_id, key) in (
              select person_id, key from submission_keys where created_at < $1 order by created_at limit 2000)
            """);
        command.Parameters.AddWithValue(clock.GetUtcNow() - Keep);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
