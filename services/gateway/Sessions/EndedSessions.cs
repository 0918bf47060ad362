using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Sessions;

/// <summary>
/// Brings what ended at other replicas: one small query twice a second for all sessions together, in place of one per
/// request. Looks back half a minute, so a mark whose commit came late is seen too.
/// </summary>
internal sealed class EndedSessions(SessionStore sessions, SessionTable table, PostgresReadiness postgres, TimeProvider clock, ILogger<EndedSessions> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LooksBack = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        var readAt = clock.GetTimestamp();
        // No rest after failures: a session that was ended must not live on longer than the database is away.
        await Rounds.RunAsync("ended-sessions", Every, ReadAsync, clock, logger, stoppingToken, atOnce: true, resting: TimeSpan.Zero);

        async Task ReadAsync(CancellationToken stopping)
        {
            // After a time of blindness everything since is asked for.
            var (since, now) = (clock.GetElapsedTime(readAt) + LooksBack, clock.GetTimestamp());
            sessions.Forget(await table.EndedWithinAsync(since, stopping));
            readAt = now;
        }
    }
}
