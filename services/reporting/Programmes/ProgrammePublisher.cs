using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Gengdu.Reporting.Programmes;

/// <summary>
/// Stores and publishes each shipped programme version once. A version whose content changed without a new number stops the
/// service: other services and signed revisions rely on the stored content.
/// </summary>
internal sealed partial class ProgrammePublisher(
    ProgrammeCatalogue catalogue, PostgresReadiness postgres, IServiceScopeFactory scopes, TimeProvider clock,
    IHostApplicationLifetime lifetime, ILogger<ProgrammePublisher> logger) : BackgroundService, IHealthCheck
{
    private readonly TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once every shipped version is stored.</summary>
    public Task WhenPublishedAsync(CancellationToken cancellationToken) => _published.Task.WaitAsync(cancellationToken);

    /// <summary>Not ready before the programmes are stored: a cycle could not be created.</summary>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        _published.Task.IsCompletedSuccessfully ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The programmes of this release are not stored yet"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await postgres.WhenReadyAsync(stoppingToken);
        foreach (var programme in catalogue.Shipped)
        {
            var hash = ProgrammeCatalogue.HashOf(programme);
            var stored = await PublishAsync(programme, hash, stoppingToken);
            if (stored != hash)
            {
                Log.ContentChanged(logger, programme.Key, programme.Version, stored, hash);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }
        }

        _published.TrySetResult();
    }

    /// <returns>The hash that is stored for this version.</returns>
    private async Task<string> PublishAsync(Rules.Programme programme, string hash, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ReportingDbContext>();
            try
            {
                if (await db.ProgrammeVersions.AsNoTracking().Where(v => v.Key == programme.Key && v.Version == programme.Version)
                        .Select(v => v.ContentHash).SingleOrDefaultAsync(cancellationToken) is { } stored)
                {
                    return stored;
                }

                var now = clock.GetUtcNow();
                db.Add(new ProgrammeVersion
                {
                    Key = programme.Key,
                    Version = programme.Version,
                    ContentHash = hash,
                    Bundle = programme.Json,
                    NameZh = programme.Name.Zh,
                    NameEn = programme.Name.En,
                    PublishedAt = now,
                });
                db.Publish(new ProgrammePublished { ProgrammeKey = programme.Key, ProgrammeVersion = programme.Version, ContentHash = hash, Bundle = programme.Json }, now);
                await db.SaveChangesAsync(cancellationToken);
                Log.Published(logger, programme.Key, programme.Version, hash);
                return hash;
            }
            catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Another replica was first; the next round compares with what it stored.
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                Rounds.Failed("programmes", logger, fault, ++failures);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Programme {Key} {Version} was published with content {Hash}")]
        public static partial void Published(ILogger logger, string key, string version, string hash);

        [LoggerMessage(2, LogLevel.Critical, "Programme {Key} {Version} was published with content {Stored}, but the pack beside this release has content {Hash}. "
            + "A published version never changes: give programme.json a new version, or restore the old files. The service stops")]
        public static partial void ContentChanged(ILogger logger, string key, string version, string stored, string hash);
    }
}
