using FsCheck;
using FsCheck.Fluent;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations.Tests;

public sealed class ScopeTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>, IAsyncLifetime
{
    private static readonly string[] Paths =
        [.. from a in new[] { 1, 2, 10, 19 } from b in new[] { 0, 1, 12, 120 } from c in new[] { 0, 7, 70 } where b > 0 || c == 0
            select b == 0 ? $"/0/{a}/" : c == 0 ? $"/0/{a}/{b}/" : $"/0/{a}/{b}/{c}/", "/0/"];

    public async ValueTask InitializeAsync() => await fixture.InDatabaseAsync(async db =>
    {
        if (!await db.Organisations.AnyAsync())
        {
            db.AddRange(Paths.Select(Row));
            // As many as the province has, so that the planner decides as it would there.
            db.AddRange(Enumerable.Range(0, 15_000).Select(i => Row($"/0/{100 + (i % 14)}/{1000 + (i % 170)}/{10_000 + i}/")));
            await db.SaveChangesAsync();
            await db.Database.ExecuteSqlRawAsync("analyze");
        }

        return 0;
    });

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void VisibleTo_GivesExactlyTheRowsThatSeesSays()
    {
        var right = from role in Gen.Elements(Roles.All.ToArray()) from path in Gen.Elements(Paths) select new Right(role, Guid.Empty, path, []);
        Prop.ForAll(right.ListOf(3).ToArbitrary(), rights =>
        {
            var caller = TestCaller.With(Guid.Empty, [.. rights]);
            var seen = Ask(db => db.Organisations.Where(o => Paths.Contains(o.Path)).VisibleTo(caller, o => o.Path).Select(o => o.Path));
            return Paths.Where(caller.Sees).Order(StringComparer.Ordinal).SequenceEqual(seen.Order(StringComparer.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void VisibleTo_WithRoles_CountsOnlyThese()
    {
        var caller = TestCaller.With(Guid.Empty, new(Roles.Administrator, Guid.Empty, "/0/", []), new(Roles.CountyReviewer, Guid.Empty, "/0/1/12/", []));

        var seen = Ask(db => db.Organisations.VisibleTo(caller, o => o.Path, Roles.CountyReviewer, Roles.Reporter).Select(o => o.Path));

        Assert.Equal(["/0/1/12/", "/0/1/12/7/", "/0/1/12/70/"], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void VisibleTo_PersonWithoutRights_SeesNothing() => Assert.Empty(Ask(db => db.Organisations.VisibleTo(TestCaller.With(Guid.Empty), o => o.Path).Select(o => o.Path)));

    [Fact]
    public void Under_DoesNotTakeANeighbourWhoseNumberBeginsAlike() =>
        Assert.Equal(["/0/1/12/", "/0/1/12/7/", "/0/1/12/70/"], Ask(db => db.Organisations.Under("/0/1/12/", o => o.Path).Select(o => o.Path)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task VisibleTo_OfACounty_IsARangeOfTheIndex()
    {
        var caller = TestCaller.With(Guid.Empty, new(Roles.CountyReviewer, Guid.Empty, "/0/105/1005/", []), new(Roles.Reporter, Guid.Empty, "/0/1/12/7/", []));
        var plan = await fixture.InDatabaseAsync(async db =>
        {
            var lines = new List<string>();
            await using var command = db.Organisations.VisibleTo(caller, o => o.Path).CreateDbCommand();
#pragma warning disable CA2100 // our own query with a word in front
            command.CommandText = "explain " + command.CommandText;
#pragma warning restore CA2100
            await db.Database.OpenConnectionAsync();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                lines.Add(reader.GetString(0));
            }

            return lines;
        });

        Assert.Contains(plan, line => line.Contains("ix_organisations_path", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, line => line.Contains("Seq Scan", StringComparison.Ordinal));
    }

    private List<string> Ask(Func<ReplicaDbContext, IQueryable<string>> query)
    {
#pragma warning disable RS0030 // FsCheck properties are synchronous
        return fixture.InDatabaseAsync(db => query(db).ToListAsync()).Result;
#pragma warning restore RS0030
    }

    private static Organisation Row(string path) => new()
    {
        Id = OrganisationsFixture.NewId(), Path = path, Code = path, NameZh = path, NameEn = path, LevelRoles = ["school"], Kind = "school", Grades = [], ValidFrom = OrganisationsFixture.Today,
        Version = 1,
    };
}
