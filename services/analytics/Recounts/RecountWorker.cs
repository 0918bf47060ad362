using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Analytics.Recounts;

/// <summary>Does what waits, and each night has every figure of every cycle compared.</summary>
internal sealed class RecountWorker(RecountRunner runner, RecountSignal signal, Database database, IOptions<RecountOptions> options, TimeProvider clock, ILogger<RecountWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Rounds.RunAsync("nightly-recount", TimeSpan.FromMinutes(1), OrderNightlyAsync, clock, logger, stoppingToken, atOnce: true), WorkAsync(stoppingToken));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        var failures = 0;
        while (true)
        {
            try
            {
                await runner.RunWaitingAsync(stoppingToken);
                failures = 0;
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                Rounds.Failed("recounts", logger, fault, ++failures);
            }

            await signal.WaitAsync(Poll, clock, stoppingToken);
        }
    }

    /// <summary>Whichever process comes first in a night; what was missed by day waits for the next one.</summary>
    private async Task OrderNightlyAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToOffset(China);
        if (!options.Value.Nightly || now.Hour < options.Value.NightlyHour || now.Hour >= options.Value.NightlyHour + 3)
        {
            return;
        }

        // Nobody's request: all cycles.
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("""
            insert into recounts (id, cycle_id, kind, night, state, requested_at, cancel_asked, organisations, done, module_reports, figures, differences, examples)
            select gen_random_uuid(), c.id, 'nightly', $1, 'waiting', $2, false, 0, 0, 0, 0, 0, '{}' from cycles c
            on conflict (cycle_id, night) where night is not null do nothing
            """, connection)
        { Parameters = { new() { Value = DateOnly.FromDateTime(now.DateTime) }, new() { Value = clock.GetUtcNow() } } };
        if (await command.ExecuteNonQueryAsync(cancellationToken) > 0)
        {
            signal.Wake();
        }
    }
}
