using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Sessions;

internal sealed class SessionCleaner(SessionStore sessions, PostgresReadiness postgres, TimeProvider clock, ILogger<SessionCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("expired-sessions", Every, sessions.CleanAsync, clock, logger, stoppingToken);
    }
}
