using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
    internal const string History = "migrations_history";

    /// <summary>
    /// Registers <see cref="Database"/> (for set-wise SQL) and the context (for everything else) on the same pools. Fails at start
    /// when the connection string is missing; waits for a server that comes up late.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="schema">The service's schema; holds the migrations history too.</param>
    /// <param name="plansEachRequest">
    /// For a service whose requests ask the same statements of very small and very large places: each is planned for what it asks, not
    /// once for all. Planning costs some tenths of a millisecond, a plan made for a county costs a province a tenth of a second.
    /// </param>
    public static void AddPostgres<TDbContext>(this WebApplicationBuilder builder, string schema, bool plansEachRequest = false)
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

        // A statement that looks dear to the planner is compiled first, at each execution: a third of a second for one of ten milliseconds.
        settings.Options = $"{settings.Options} -c jit=off".Trim();

        // No statement of ours leaves anything behind in a session (no SET, no session lock, no LISTEN on a pooled connection), and
        // with prepared statements the reset is seven statements after each use. What must hold for a transaction is SET LOCAL. The
        // one exception is the scope of the rows: Database knows what each connection carries and says it anew at each opening.
        settings.NoResetOnClose = true;
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(services => new Database(settings, services.GetRequiredService<IHttpContextAccessor>(), plansEachRequest));
        builder.Services.AddSingleton(new SchemaName(schema));
        builder.Services.AddDbContext<TDbContext>((services, context) =>
            Configure(context, services.GetRequiredService<Database>(), schema).AddInterceptors(services.GetServices<IInterceptor>()));
        builder.Services.TryAddSingleton<PostgresReadiness>();
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<PostgresReadiness>().For<TDbContext>());
        builder.Services.AddHealthChecks().AddCheck<PostgresReadiness>("postgres");
    }

    // A connection each, not a data source: with two sources Entity Framework would build and keep everything it knows twice.
    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder context, Database database, string schema)
    {
        var inRequest = database.InRequest;
        context.UseNpgsql(
            inRequest ? database.CreateRequestConnection() : database.System.CreateConnection(), contextOwnsConnection: true,
            npgsql => npgsql.MigrationsHistoryTable(History, schema));
        return inRequest ? context.AddInterceptors(database.OpenedByContext) : context;
    }

    /// <summary>The same settings for tools and tests that build a context themselves.</summary>
    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder context, NpgsqlDataSource dataSource, string schema)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable(History, schema));
    }
}

/// <summary>The schema <see cref="Postgres.AddPostgres{TDbContext}"/> was told.</summary>
internal sealed record SchemaName(string Value);
