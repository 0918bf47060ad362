using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>
/// Knows whether the database answers and is migrated. The service starts without it, reports "not ready", says what is
/// missing and what to do, and goes on by itself once the database is there.
/// </summary>
public sealed partial class PostgresReadiness(Database database, IServiceScopeFactory scopes, ILogger<PostgresReadiness> logger) : IHealthCheck
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the schema is usable; background work waits for it before its first query.</summary>
    public Task WhenReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Whether it was usable once; a missing table before that is no fault of ours.</summary>
    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!IsReady)
        {
            return HealthCheckResult.Unhealthy("Postgres does not answer yet, or the schema is not migrated");
        }

        try
        {
            await using var command = database.System.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy($"Postgres does not answer: {fault.Message}");
        }
    }

    /// <summary>Waits for the server behind <paramref name="server"/>, saying each few seconds what it waits for.</summary>
    internal async Task WaitForServerAsync(NpgsqlDataSource server, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = await server.OpenConnectionAsync(cancellationToken);
                return;
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt % 5 == 0)
                {
                    Log.ServerMissing(logger, Address(server), fault.Message);
                }

                await Task.Delay(RetryEvery, cancellationToken);
            }
        }
    }

    internal IHostedService For<TDbContext>()
        where TDbContext : DbContext => new Gate<TDbContext>(this);

    private async Task WaitForSchemaAsync<TDbContext>(CancellationToken cancellationToken)
        where TDbContext : DbContext
    {
        await WaitForServerAsync(database.System, cancellationToken);
        for (var attempt = 0; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            try
            {
                var pending = await scope.ServiceProvider.GetRequiredService<TDbContext>().Database.GetPendingMigrationsAsync(cancellationToken);
                if (!pending.Any())
                {
                    _ready.TrySetResult();
                    return;
                }

                if (attempt % 10 == 0)
                {
                    Log.SchemaOld(logger, Address(database.System));
                }
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // Also what Entity Framework has wrapped, and a time-out that is no answer of the server.
                Log.ServerMissing(logger, Address(database.System), fault.Message);
            }

            await Task.Delay(RetryEvery, cancellationToken);
        }
    }

    private static string Address(NpgsqlDataSource server)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        return $"{settings.Host}:{settings.Port}/{settings.Database} as {settings.Username}";
    }

    private sealed class Gate<TDbContext>(PostgresReadiness readiness) : BackgroundService
        where TDbContext : DbContext
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => readiness.WaitForSchemaAsync<TDbContext>(stoppingToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Postgres {Address} does not answer ({Reason}); start it or correct ConnectionStrings:Postgres. Retrying every second")]
        public static partial void ServerMissing(ILogger logger, string address, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The schema in {Address} is older than this program; run it once with the argument migrate. Checking every second")]
        public static partial void SchemaOld(ILogger logger, string address);
    }
}
