using Gengdu.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Clocks;

/// <summary>Looks every few minutes, and at once after a start: what fell due while nobody looked is caught up with.</summary>
internal sealed partial class LadderWorker(
    IServiceScopeFactory scopes, PostgresReadiness postgres, IOptions<LadderOptions> options, TimeProvider clock, ILogger<LadderWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.EveryMinutes == 0)
        {
            return;
        }

        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("ladder", TimeSpan.FromMinutes(options.Value.EveryMinutes), LookAsync, clock, logger, stoppingToken, atOnce: true);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<LadderClimb>().LookAsync(clock.GetUtcNow(), cancellationToken) is > 0 and var raised)
        {
            Log.Climbed(logger, raised);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} steps of the ladder were climbed")]
        public static partial void Climbed(ILogger logger, int count);
    }
}
