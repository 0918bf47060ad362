using Gengdu.Analytics.Data;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>An upgrade of a province that has figures already: they are in parts by the cycle afterwards, none lost, each complete.</summary>
public sealed class FiguresByCycleTests
{
    private static readonly Guid Before = Guid.CreateVersion7(new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Guid Later = Guid.CreateVersion7(new DateTimeOffset(2027, 9, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly Guid Last = Guid.CreateVersion7(new DateTimeOffset(2050, 9, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Migrate_KeepsEveryRow_EachInThePartOfItsCycle()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await database.OwnerConnectionStringAsync("analytics")) { SearchPath = "analytics", Pooling = false });
        var options = new DbContextOptionsBuilder<AnalyticsDbContext>();
        Postgres.Configure(options, owner, "analytics");
        await using var db = new AnalyticsDbContext(options.Options);
        await db.GetService<IMigrator>().MigrateAsync("Publications");
        // As the release before left it: with rights and policies.
        await db.Database.ExecuteSqlRawAsync("""
            grant usage on schema analytics to analytics;
            grant select, insert, update, delete on all tables in schema analytics to analytics;
            create policy scope on analytics.node_figures using (true);
            comment on policy scope on analytics.node_figures is 'as before';
            alter table analytics.node_figures enable row level security;
            """);
        await FillAsync(db);
        await db.GetService<IMigrator>().MigrateAsync();

        Assert.Equal(
            [("node_completeness", Before, 5), ("node_completeness", Later, 5), ("node_completeness", Last, 5), ("node_figures", Before, 3), ("node_figures", Later, 3), ("node_figures", Last, 3),
                ("school_indicators", Before, 2), ("school_indicators", Later, 2), ("school_indicators", Last, 2)],
            (await PartsAsync(owner)).Select(part => (part.Table, part.Cycle, part.Rows)));
        Assert.Equal(3, (await PartsAsync(owner)).Where(part => part.Table == "school_indicators").Select(part => part.Part).Distinct().Count());
        // Of two schools one is approved and one has not submitted: so have all places above them.
        var nodes = await db.NodeFigures.AsNoTracking().Where(f => f.CycleId == Before).OrderBy(f => f.Path).ToListAsync();
        Assert.Equal(
            [("/1/", 3m, 10m, 1, 0), ("/1/2/", 3m, 10m, 1, 0), ("/1/2/3/", 3m, 10m, 1, 0)],
            nodes.Select(f => (f.Path, f.ApprovedNumerator, f.ApprovedDenominator, f.NotSubmitted, f.Missing)));
        // Nobody meets a moment without the fence: the policy came with the table, and the part is not to be had by itself.
        Assert.Equal(["node_figures as before"], await db.Database.SqlQueryRaw<string>(
            "select c.relname || ' ' || obj_description(p.oid, 'pg_policy') as \"Value\" from pg_policy p join pg_class c on c.oid = p.polrelid where c.relrowsecurity").ToListAsync());
        Assert.Equal([], await db.Database.SqlQueryRaw<string>(
            "select relname::text as \"Value\" from pg_class where relispartition and relkind = 'r' and has_table_privilege('analytics', oid, 'select, insert, update, delete')").ToListAsync());
    }

    private static async Task FillAsync(AnalyticsDbContext db)
    {
        foreach (var cycle in (Guid[])[Before, Later, Last])
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into school_indicators (cycle_id, node_path, indicator, organisation_id, path, numerator, denominator, reason, approved)
                  values ({cycle}, '/1/2/3/', 'K01', gen_random_uuid(), '/1/2/3/4/', 3, 10, null, true), ({cycle}, '/1/2/3/', 'K01', gen_random_uuid(), '/1/2/3/5/', null, null, 'not-submitted', false);
                insert into node_figures (cycle_id, path, parent_path, indicator, numerator, denominator, reported, due, approved)
                  select {cycle}, p, regexp_replace(p, '[^/]+/$', ''), 'K01', 3, 10, 1, 2, 1 from unnest(array['/1/', '/1/2/', '/1/2/3/']) p;
                insert into node_completeness (cycle_id, path, parent_path, schools, due, submitted, on_time, county_approved, city_approved, accepted, returned)
                  select {cycle}, p, regexp_replace(p, '[^/]+/$', ''), 2, 2, 1, 1, 1, 0, 0, 0 from unnest(array['/1/', '/1/2/', '/1/2/3/', '/1/2/3/4/', '/1/2/3/5/']) p;
                """);
        }
    }

    private static async Task<List<(string Table, Guid Cycle, int Rows, string Part)>> PartsAsync(NpgsqlDataSource owner)
    {
        await using var command = owner.CreateCommand("""
            select 'node_completeness', cycle_id, count(*)::int, min(tableoid::regclass::text) from node_completeness group by 2
            union all select 'node_figures', cycle_id, count(*)::int, min(tableoid::regclass::text) from node_figures group by 2
            union all select 'school_indicators', cycle_id, count(*)::int, min(tableoid::regclass::text) from school_indicators group by 2 order by 1, 2
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, Guid, int, string)>();
        while (await reader.ReadAsync())
        {
            found.Add((reader.GetString(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetString(3)));
        }

        return found;
    }
}
