using System.Collections.Concurrent;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.TestKit;

/// <summary>Migrates one service's schema once per process, as the role that owns it; each test class gets a copy.</summary>
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
        await Migration.ApplyAsync<TDbContext>(await database.OwnerConnectionStringAsync(schema), schema, CancellationToken.None);
        return database;
    }
}
