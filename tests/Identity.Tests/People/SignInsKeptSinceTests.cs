using Gengdu.Identity.Data;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Gengdu.Identity.Tests.People;

/// <summary>An upgrade from before sign-ins were kept: nobody is idle because nobody looked.</summary>
public sealed class SignInsKeptSinceTests
{
    private static readonly Guid Audited = Guid.Parse("00000000-0000-7000-8000-000000000001");
    private static readonly Guid Unknown = Guid.Parse("00000000-0000-7000-8000-000000000002");
    private static readonly Guid Invited = Guid.Parse("00000000-0000-7000-8000-000000000003");

    [Fact]
    public async Task Migrate_OldAccounts_TakeTheAuditsWord_OrCountFromNow()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(await database.OwnerConnectionStringAsync("identity")) { SearchPath = "identity", Pooling = false });
        var options = new DbContextOptionsBuilder<IdentityDbContext>();
        Postgres.Configure(options, owner, "identity");
        await using var db = new IdentityDbContext(options.Options);
        await db.GetService<IMigrator>().MigrateAsync("PersonErasure");
        foreach (var (id, password) in new[] { (Audited, "x"), (Unknown, "x"), (Invited, null) })
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into identity.people (id, user_name, normalized_user_name, display_name, created_at, password_hash, email_confirmed, phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count)
                values ({id}, {id.ToString()}, {id.ToString()}, 'old', '2020-01-01T00:00:00Z', {password}, false, false, false, true, 0)
                """);
        }

        await db.Database.ExecuteSqlAsync($"""
            insert into identity.audit_entries (seq, recorded_at, id, at, actor_id, act, outcome, object_kind, prev_hash, hash)
            values (1, now(), gen_random_uuid(), '2026-10-01T00:00:00Z', {Audited}, 'sign-in.begun', 'done', 'sign-in', ''::bytea, ''::bytea)
            """);
        var before = await db.Database.SqlQuery<DateTimeOffset>($"select now() as \"Value\"").SingleAsync();
        await db.GetService<IMigrator>().MigrateAsync();

        var people = await db.People.AsNoTracking().ToDictionaryAsync(p => p.Id);
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), people[Audited].LastSignInAt);
        Assert.Null(people[Unknown].LastSignInAt);
        Assert.True(people[Unknown].SignInsKeptSince >= before);
        // Whoever never chose a password never signed in.
        Assert.Equal((null, people[Invited].CreatedAt), (people[Invited].LastSignInAt, people[Invited].SignInsKeptSince));
    }
}
