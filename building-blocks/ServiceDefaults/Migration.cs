using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>The verb "migrate": the only process that may change the schema, as the role that owns it.</summary>
public static class Migration
{
    /// <summary>Applies the migrations and the rights of the service's role and says so; the caller then exits. Waits up to a minute for the server, and for a migration as long as it takes.</summary>
    /// <returns>true when the process was started to migrate.</returns>
    public static async Task<bool> TryMigrateAsync<TDbContext>(this WebApplication app, string[] args)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(app);
        if (args is not ["migrate", ..])
        {
            return false;
        }

        var owner = app.Configuration["ConnectionStrings:PostgresOwner"] ?? throw new InvalidOperationException(
            "Configuration ConnectionStrings:PostgresOwner is missing: the role that owns this service's schema, for the verb migrate alone (environment variable ConnectionStrings__PostgresOwner).");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var dataSource = NpgsqlDataSource.Create(owner);
        await app.Services.GetRequiredService<PostgresReadiness>().WaitForServerAsync(dataSource, patience.Token);
        // What has to be rewritten may be large: it takes the time it takes, and is done wholly or not at all.
        await ApplyAsync<TDbContext>(owner, app.Services.GetRequiredService<SchemaName>().Value, CancellationToken.None);
        using var step = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var one in app.Services.GetServices<MigrationStep>())
        {
            await one.RunAsync(step.Token);
        }

        Console.WriteLine($"{typeof(TDbContext).Name}: schema is up to date");
        return true;
    }

    /// <summary>The database's half of it: migrations, then rights.</summary>
    /// <param name="owner">Connection string of the owner's role.</param>
    /// <param name="schema">The service's schema.</param>
    /// <param name="cancellationToken">Ends it; what has not been committed is not done.</param>
    public static async Task ApplyAsync<TDbContext>(string owner, string schema, CancellationToken cancellationToken)
        where TDbContext : DbContext
    {
        await AsOwnerAsync<TDbContext>(owner, schema, async db =>
        {
            db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            await db.Database.MigrateAsync(cancellationToken);
            await TableRights.ApplyAsync(db, schema, cancellationToken);
        });
    }

    /// <summary>The same for a context without migrations: tables of a test.</summary>
    public static Task CreateAsync<TDbContext>(string owner, string schema, CancellationToken cancellationToken)
        where TDbContext : DbContext => AsOwnerAsync<TDbContext>(owner, schema, async db =>
        {
            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), cancellationToken);
            await TableRights.ApplyAsync(db, schema, cancellationToken);
        });

    private static async Task AsOwnerAsync<TDbContext>(string owner, string schema, Func<TDbContext, Task> act)
        where TDbContext : DbContext
    {
        // Policies hold for the owner too: a migration that moves rows must see them.
        var settings = Database.SeeingEverything(new(owner) { SearchPath = schema, ApplicationName = $"gengdu-{schema}-migrate", Pooling = false });
        await using var dataSource = NpgsqlDataSource.Create(settings);
        var options = new DbContextOptionsBuilder<TDbContext>();
        Postgres.Configure(options, dataSource, schema);
        await using var db = (TDbContext)Activator.CreateInstance(typeof(TDbContext), options.Options)!;
        await act(db);
    }
}

/// <summary>Something that the verb "migrate" does beside the schema, once the schema is up to date.</summary>
/// <param name="RunAsync">The work; the token ends after a minute.</param>
public sealed record MigrationStep(Func<CancellationToken, Task> RunAsync);
