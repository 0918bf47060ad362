using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>Makes what waits: quick files in one line, long ones in another, so that a bulletin never stands behind a whole province. And removes what expired.</summary>
internal sealed class ExportWorker(
    ExportRunner runner, ExportSignal signal, LongExportSignal longSignal, Database database, IOptions<ExportOptions> options, TimeProvider clock, ILogger<ExportWorker> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        WorkAsync(signal, isLong: false, stoppingToken), WorkAsync(longSignal, isLong: true, stoppingToken),
        Rounds.RunAsync("expired-exports", TimeSpan.FromMinutes(5), RemoveExpiredAsync, clock, logger, stoppingToken, atOnce: true));

    private async Task WorkAsync(WakeSignal wake, bool isLong, CancellationToken stoppingToken)
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await runner.RunWaitingAsync(isLong, stoppingToken);
                failures = 0;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Rounds.Failed("exports", logger, fault, ++failures);
            }

            await wake.WaitAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), stoppingToken);
        }
    }

    internal async Task RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        // Nobody's request: everybody's files.
        await using var command = database.System.CreateCommand("delete from exports where expires_at <= $1");
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
