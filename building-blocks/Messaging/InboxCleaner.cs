using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gengdu.Messaging;

/// <summary>Clears inbox rows after thirty days, in small steps beside the traffic. Business keys stay unique for ever.</summary>
internal sealed class InboxCleaner(Database database, PostgresReadiness postgres, TimeProvider clock, ILogger<InboxCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("inbox", Every, ClearAsync, clock, logger, stoppingToken);
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
            delete from inbox_messages where (consumer, message_id) in (
              select consumer, message_id from inbox_messages where received_at < $1 order by received_at limit 2000)
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow() - Keep });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
