using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Identity.Protocol;

/// <summary>Removes hourly what expired a day ago; until then it still answers the question whether something came twice.</summary>
internal sealed partial class ProtocolCleaner(IServiceScopeFactory scopes, PostgresReadiness postgres, TimeProvider clock, ILogger<ProtocolCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await CleanAsync(clock.GetUtcNow() - Keep, stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                Log.Failed(logger, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CleanAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        await db.AuthorizationCodes.Where(c => c.ExpiresAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.RefreshTokens.Where(t => t.FamilyExpiresAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.Sessions.Where(s => s.ExpiresAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.OneTimeCodes.Where(c => c.ExpiresAt < before).ExecuteDeleteAsync(cancellationToken);
        await db.SignInFailures.Where(f => f.LastFailedAt < before).ExecuteDeleteAsync(cancellationToken);
        var unused = before - KnownBrowser.Lifetime;
        await db.KnownBrowsers.Where(b => b.LastUsedAt < unused).ExecuteDeleteAsync(cancellationToken);
        await db.SigningKeys.Where(k => k.RetiresAt < before).ExecuteDeleteAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired grants were not removed; the next try is in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
