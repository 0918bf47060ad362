using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Notices;

/// <summary>Once a day: read notices go after ninety days, all of them after a year and a month (docs/privacy.md).</summary>
internal sealed class NoticeCleaner(IServiceScopeFactory scopes, PostgresReadiness postgres, TimeProvider clock, ILogger<NoticeCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan KeepRead = TimeSpan.FromDays(90);
    private static readonly TimeSpan KeepAny = TimeSpan.FromDays(396);
    private const int Step = 5000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("old-notices", TimeSpan.FromDays(1), CleanAsync, clock, logger, stoppingToken, atOnce: true);
    }

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        var (read, any) = (clock.GetUtcNow() - KeepRead, clock.GetUtcNow() - KeepAny);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SupervisionDbContext>();
        while (await db.Notices.Where(n => n.CreatedAt < any || (n.CreatedAt < read && n.ReadAt != null)).Take(Step).ExecuteDeleteAsync(cancellationToken) == Step)
        {
            // There is more.
        }
    }
}
