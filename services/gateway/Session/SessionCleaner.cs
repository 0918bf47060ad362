using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Gateway.Session;

/// <summary>Every ten minutes, expired sessions go.</summary>
internal sealed class SessionCleaner(SessionStore sessions, PostgresReadiness postgres, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.ClearExpiredAsync(stoppingToken);
            }
            catch (NpgsqlException)
            {
                // The next round does it; an expired session is refused meanwhile.
            }
        }
    }
}
