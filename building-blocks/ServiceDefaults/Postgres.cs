using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>One schema and one role of the service's own, in the database of ConnectionStrings:Postgres.</summary>
public static class Postgres
{
    /// <summary>
    /// Registers the data source (for set-wise SQL) and the context (for everything else) on the same pool. Fails at start
    /// when the connection string is missing; waits for a server that comes up late.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="schema">The service's schema; holds the migrations history too.</param>
    public static void AddPostgres<TDbContext>(this WebApplicationBuilder builder, string schema)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = new NpgsqlConnectionStringBuilder(builder.Configuration["ConnectionStrings:Postgres"] ?? throw new InvalidOperationException(
            "Configuration ConnectionStrings:Postgres is missing: Host, Port, Database, Username and Password of this service's own role (environment variable ConnectionStrings__Postgres)."))
        { SearchPath = schema, ApplicationName = $"gengdu-{schema}" };
        if (settings.MaxAutoPrepare == 0)
        {
            // The same few statements all day: planned once a connection, not once a request.
            (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (60, 3);
        }

        // No statement of ours leaves anything behind in a session (no SET, no session lock, no LISTEN on a pooled connection), and
        // with prepared statements the reset is seven statements after each use. What must hold for a transaction is SET LOCAL.
        settings.NoResetOnClose = true;
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(settings));
        builder.Services.AddDbContext<TDbContext>((services, context) => Configure(context, services.GetRequiredService<NpgsqlDataSource>(), schema)
            .AddInterceptors(services.GetServices<IInterceptor>()));
        builder.Services.TryAddSingleton<PostgresReadiness>();
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<PostgresReadiness>().For<TDbContext>());
        builder.Services.AddHealthChecks().AddCheck<PostgresReadiness>("postgres");
    }

    /// <summary>The same settings for tools and tests that build a context themselves.</summary>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder context, NpgsqlDataSource dataSource, string schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable("migrations_history", schema));
    }

    /// <summary>The verb "migrate": applies the migrations and says so; the caller then exits. Waits up to a minute for the server.</summary>
    /// <returns>true when the process was started to migrate.</returns>
    public static async Task<bool> TryMigrateAsync<TDbContext>(this WebApplication app, string[] args)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(app);
        if (args is not ["migrate", ..])
        {
            return false;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await app.Services.GetRequiredService<PostgresReadiness>().WaitForServerAsync(patience.Token);
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDbContext>().Database.MigrateAsync(patience.Token);
        foreach (var step in app.Services.GetServices<MigrationStep>())
        {
            await step.RunAsync(patience.Token);
        }

        Console.WriteLine($"{typeof(TDbContext).Name}: schema is up to date");
        return true;
    }
}

/// <summary>Something that the verb "migrate" does beside the schema, once the schema is up to date.</summary>
/// <param name="RunAsync">The work; the token ends after a minute.</param>
public sealed record MigrationStep(Func<CancellationToken, Task> RunAsync);
