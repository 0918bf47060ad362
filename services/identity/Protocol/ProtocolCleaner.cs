using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Protocol;

/// <summary>Removes hourly what expired a day ago; until then it still answers the question whether something came twice.</summary>
internal sealed class ProtocolCleaner(IServiceScopeFactory scopes, PostgresReadiness postgres, TimeProvider clock, ILogger<ProtocolCleaner> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);
    private const int Step = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        await Rounds.RunAsync("expired-grants", Every, stopping => CleanAsync(clock.GetUtcNow() - Keep, stopping), clock, logger, stoppingToken, atOnce: true);
    }

    /// <summary>In small steps, so that nobody who signs in waits for us.</summary>
    internal async Task CleanAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        var unused = before - KnownBrowser.Lifetime;
        await InStepsAsync(db.AuthorizationCodes.Where(c => c.ExpiresAt < before), cancellationToken);
        await InStepsAsync(db.RefreshTokens.Where(t => t.FamilyExpiresAt < before), cancellationToken);
        await InStepsAsync(db.Sessions.Where(s => s.ExpiresAt < before), cancellationToken);
        await InStepsAsync(db.PushedRequests.Where(r => r.ExpiresAt < before), cancellationToken);
        await InStepsAsync(db.SeenIdentifiers.Where(s => s.ExpiresAt < before), cancellationToken);
        // Of clients that are no longer configured; nobody sends them.
        await InStepsAsync(db.LogoutNotices.Where(n => n.CreatedAt < before), cancellationToken);
        await InStepsAsync(db.OneTimeCodes.Where(c => c.ExpiresAt < before), cancellationToken);
        await InStepsAsync(db.SignInFailures.Where(f => f.LastFailedAt < before), cancellationToken);
        await InStepsAsync(db.KnownBrowsers.Where(b => b.LastUsedAt < unused), cancellationToken);
        await InStepsAsync(db.SigningKeys.Where(k => k.RetiresAt < before), cancellationToken);
    }

    private async Task InStepsAsync<T>(IQueryable<T> expired, CancellationToken cancellationToken)
        where T : class
    {
        while (await expired.Take(Step).ExecuteDeleteAsync(cancellationToken) == Step)
        {
            await Task.Delay(Breath, clock, cancellationToken);
        }
    }
}
