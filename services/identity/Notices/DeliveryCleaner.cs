using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Notices;

/// <summary>Once a day: deliveries go a month after they were done with; a notice that comes again by then is older than is sent.</summary>
internal sealed class DeliveryCleaner(IServiceScopeFactory scopes, PostgresReadiness postgres, TimeProvider clock, ILogger<DeliveryCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);
    private const int Step = 5000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("old-deliveries", TimeSpan.FromDays(1), CleanAsync, clock, logger, stoppingToken, atOnce: true);
    }

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        var before = clock.GetUtcNow() - Keep;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        while (await db.Deliveries.Where(d => d.SettledAt < before).Take(Step).ExecuteDeleteAsync(cancellationToken) == Step)
        {
            // There is more.
        }
    }
}
