using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Gateway.Sessions;

internal sealed partial class SessionCleaner(SessionStore sessions, PostgresReadiness postgres, TimeProvider clock, ILogger<SessionCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sessions.CleanAsync(stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                Log.Failed(logger, fault);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired sessions were not removed; the next try is in five minutes")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
