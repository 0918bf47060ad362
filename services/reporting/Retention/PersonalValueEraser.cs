using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Gengdu.Reporting.Retention;

/// <summary>
/// Once a day: cycles closed longer than the personal values may be kept are erased, some module reports at a time, each batch
/// with its audit entry in one transaction. It can stop anywhere and go on at the next start or at another replica; a cycle is
/// marked when nothing is left in it.
/// </summary>
internal sealed partial class PersonalValueEraser(
    IServiceScopeFactory scopes, PostgresReadiness postgres, IOptions<RetentionOptions> options, TimeProvider clock, ILogger<PersonalValueEraser> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("personal-values-erasure", Every, EraseAsync, clock, logger, stoppingToken, atOnce: true);
    }

    /// <returns>How many module reports lost their personal values.</returns>
    public async Task<int> EraseAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        var before = clock.GetUtcNow().AddYears(-options.Value.PersonalYears);
        foreach (var cycleId in await DueAsync(before, cancellationToken))
        {
            try
            {
                var erased = await EraseAsync(cycleId, cancellationToken);
                total += erased;
                Log.Erased(logger, cycleId, erased);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // A cycle that cannot be erased whole stays due; the others do not wait for it.
                Rounds.Failed("personal-values-erasure", logger, fault);
            }
        }

        return total;
    }

    private async Task<int> EraseAsync(Guid cycleId, CancellationToken cancellationToken)
    {
        var total = 0;
        Guid? after = Guid.Empty;
        while (after is { } last)
        {
            await using var scope = scopes.CreateAsyncScope();
            var batch = ActivatorUtilities.CreateInstance<ErasureBatch>(scope.ServiceProvider);
            (after, var erased) = await batch.EraseAsync(cycleId, last, options.Value.BatchSize, clock.GetUtcNow(), cancellationToken);
            total += erased;
            await Task.Delay(Pause, cancellationToken);
        }

        return total;
    }

    private async Task<IReadOnlyList<Guid>> DueAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportingDbContext>();
        return await db.Cycles.Where(c => c.ClosedAt < before && c.ErasedAt == null).OrderBy(c => c.ClosedAt).Select(c => c.Id).ToListAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Personal values of cycle {CycleId} were erased in {Count} module reports")]
        public static partial void Erased(ILogger logger, Guid cycleId, int count);
    }
}
