using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Brings what ended at other replicas: one small query twice a second for all sessions together, in place of one per
/// request. Looks back half a minute, so a mark whose commit came late is seen too.
/// </summary>
internal sealed partial class EndedSessions(SessionStore sessions, SessionTable table, PostgresReadiness postgres, TimeProvider clock, ILogger<EndedSessions> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LooksBack = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        var (readAt, blind) = (clock.GetTimestamp(), false);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                // After a time of blindness everything since is asked for.
                var (since, now) = (clock.GetElapsedTime(readAt) + LooksBack, clock.GetTimestamp());
                sessions.Forget(await table.EndedWithinAsync(since, stoppingToken));
                (readAt, blind) = (now, false);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException or InvalidOperationException { InnerException: NpgsqlException })
            {
                if (!blind)
                {
                    Log.Blind(logger, fault.Message);
                }

                blind = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Sessions that end elsewhere cannot be read: {Reason}. Trying on twice a second")]
        public static partial void Blind(ILogger logger, string reason);
    }
}
