using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Microsoft.Extensions.Options;

namespace Gengdu.Supervision.Notices;

/// <summary>Looks every few minutes whether it is the morning of a working day that has not been told yet.</summary>
internal sealed partial class MorningTeller(
    IServiceScopeFactory scopes, PostgresReadiness postgres, IOptions<MorningOptions> options, TimeProvider clock, ILogger<MorningTeller> logger) : BackgroundService
{
    private DateOnly _told;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.FromHour < 0)
        {
            return;
        }

        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("morning", TimeSpan.FromMinutes(options.Value.EveryMinutes), LookAsync, clock, logger, stoppingToken, atOnce: true);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (digest, now) = (scope.ServiceProvider.GetRequiredService<WaitingDigest>(), clock.GetUtcNow());
        if (HeldDays.DayOf(now) == _told || !digest.IsDue(now))
        {
            return;
        }

        var told = await digest.TellAsync(now, cancellationToken);
        told += await scope.ServiceProvider.GetRequiredService<GroupDigest>().TellAsync(now, cancellationToken);
        told += await RightNotices.TellEndingAsync(scope.ServiceProvider.GetRequiredService<SupervisionDbContext>(), now, cancellationToken);
        // Only then: what failed is told ten minutes later. After a restart the keys of the notices know.
        _told = HeldDays.DayOf(now);
        Log.Told(logger, told);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} people and steps were told what waits for them and which roles end")]
        public static partial void Told(ILogger logger, int count);
    }
}
