using System.Collections.Concurrent;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.TestKit;

/// <summary>Migrates one service's schema once per process, as the service's own role; each test class gets a copy.</summary>
public static class TemplateDatabase
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<TestDatabase>>> Templates = new();

    /// <summary>The context needs a constructor that takes its options alone.</summary>
    public static async Task<TestDatabase> CopyAsync<TDbContext>(string schema, CancellationToken cancellationToken = default)
        where TDbContext : DbContext
    {
        var template = Templates.GetOrAdd(typeof(TDbContext), _ => new(() => MigrateAsync<TDbContext>(schema)));
        return await (await template.Value).CopyAsync(cancellationToken);
    }

    private static async Task<TestDatabase> MigrateAsync<TDbContext>(string schema)
        where TDbContext : DbContext
    {
        var database = await TestDatabase.CreateAsync();
        // A template can be copied only while nobody is connected to it.
        var settings = new NpgsqlConnectionStringBuilder(await database.ConnectionStringAsync(schema)) { Pooling = false };
        await using var dataSource = NpgsqlDataSource.Create(settings);
        var options = new DbContextOptionsBuilder<TDbContext>();
        Postgres.Configure(options, dataSource, schema);
        await using var db = (TDbContext)Activator.CreateInstance(typeof(TDbContext), options.Options)!;
        await db.Database.MigrateAsync();
        return database;
    }
}
