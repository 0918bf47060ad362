using Gengdu.Analytics.Quality;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Gengdu.Analytics.Tests.Quality;

public sealed class QualityAssessorTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task AnyOrderAndTwice_JudgedInBetween_EqualsJudgingAllAtTheEnd()
    {
        var random = new Random(20260915);
        var ((county, schools), (_, others)) = (await fixture.CountyAsync(6), await fixture.CountyAsync(1));
        var (before, now) = (new TestCycle(fixture, [.. schools, .. others]), new TestCycle(fixture, [.. schools, .. others]));
        var submitted = new List<ModuleReportSubmitted>();
        foreach (var (place, school) in schools.Concat(others).Index())
        {
            foreach (var (cycle, revision) in new[] { (before, 1), (now, 1), (now, 2) })
            {
                // Two have the same numbers, and so do all each time; the others invent some.
                var basics = cycle.Submitted(school, "basics", QualityScene.Basics(place < 2 ? 1 : random.Next(2, 40)), revision, random.Next(2) == 0);
                submitted.AddRange([basics, basics, cycle.Submitted(school, "money", TestProgramme.Money(random.Next(1, 400) * 50), revision)]);
            }
        }

        var deliveries = submitted.OrderBy(_ => random.Next()).Chunk(9).Select(some => (Func<Task>)(() => now.DeliverAllAsync(some))).ToList();
        deliveries.AddRange([() => before.EarlierAsync(), () => now.OpenedAsync(), fixture.AssessAsync, fixture.AssessAsync, fixture.AssessAsync]);
        deliveries.Add(() => now.DeliverAsync(schools[5].MovedTo(fixture.Province.Lianchi, TestCycle.Start.AddDays(1))));
        foreach (var deliver in deliveries.OrderBy(_ => random.Next()).ToList())
        {
            await deliver();
        }

        await fixture.AssessAsync();
        var stored = await fixture.StoredQualityAsync(now);
        foreach (var expected in new[] { "\"kind\": \"copied\"", "\"kind\": \"repeated\"", county.Path, fixture.Province.Lianchi.Path })
        {
            Assert.Contains(expected, stored, StringComparison.Ordinal);
        }

        Assert.Equal((0, 0), (await fixture.MarksAsync(now), (await CompareAsync(now)).Count));
        foreach (var cycle in new[] { before, now })
        {
            var then = await fixture.StoredQualityAsync(cycle);
            await fixture.AssessAnewAsync(cycle);
            Assert.Equal(then, await fixture.StoredQualityAsync(cycle));
        }
    }

    [Fact]
    public async Task PastOfASchool_ComesLater_AndIsComparedWith()
    {
        var (_, schools) = await fixture.CountyAsync(1);
        var (before, now) = (new TestCycle(fixture, schools[0]), await new TestCycle(fixture, schools[0]).OpenedAsync());
        await now.DeliverAsync(now.Submitted(schools[0], "basics", QualityScene.Basics(4)));
        await now.DeliverAsync(now.Submitted(schools[0], "money", TestProgramme.Money(900)));
        await fixture.AssessAsync();
        Assert.Empty((await fixture.QualityOfAsync(now, schools[0]))!.Suspicions);

        await before.EarlierAsync();
        await before.DeliverAsync(before.Submitted(schools[0], "basics", QualityScene.Basics(4)));
        await before.DeliverAsync(before.Submitted(schools[0], "money", TestProgramme.Money(300)));
        await fixture.AssessAsync();

        // Pupils and classes as before, three times the money.
        Assert.Equal(["history", "repeated"], (await fixture.QualityOfAsync(now, schools[0]))!.Suspicions);
        Assert.Empty((await fixture.QualityOfAsync(before, schools[0]))!.Suspicions);
    }

    [Fact]
    public async Task Changes_AreTold_OnceAndWithAHigherVersion_AndReviewsChangeNothing()
    {
        var (_, schools) = await fixture.CountyAsync(2);
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1), onTime: false));
        await fixture.AssessAsync();
        var first = await fixture.Host.Events.WaitForAsync<SchoolQualityAssessed>(e => e.CycleId == cycle.Id);
        Assert.Equal("quality-1", first.Method);
        var score = Assert.Single(first.Schools);
        // One of three modules, and late: 33 of 100 for 20 points, none for 10.
        Assert.Equal((schools[0].Id, 22, 1L), (score.OrganisationId, score.Score, score.Version));

        await cycle.DeliverAsync(cycle.Approved("county", 11, (schools[0], "basics", 1, 1)));
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1), onTime: false));
        Assert.Equal(0, await fixture.MarksAsync(cycle));
        await cycle.DeliverAsync(Exempted(cycle, schools[0]));
        await fixture.AssessAsync();
        var last = await fixture.Host.Events.WaitForAsync<SchoolQualityAssessed>(e => e.CycleId == cycle.Id && e.Schools.Any(s => s.Score is null));
        Assert.Equal((schools[0].Id, 2L), (Assert.Single(last.Schools).OrganisationId, last.Schools[0].Version));
        Assert.Equal(2, fixture.Host.Events.Published<SchoolQualityAssessed>().Count(e => e.CycleId == cycle.Id));
        Assert.Equal(0, await fixture.Host.InDatabaseAsync(db => db.Set<PlaceQuality>().Where(p => p.CycleId == cycle.Id).Select(p => p.Scored).SingleAsync()));
    }

    [Fact]
    public async Task ScoreThatSomebodyChanged_IsFoundByTheComparison_AndARebuildJudgesAnew()
    {
        var (county, schools) = await fixture.CountyAsync(2);
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1)));
        await fixture.AssessAsync();
        Assert.Empty(await CompareAsync(cycle));
        await fixture.Host.InDatabaseAsync(db => db.Set<SchoolQuality>().Where(q => q.CycleId == cycle.Id).ExecuteUpdateAsync(set => set.SetProperty(q => q.Score, 99)));
        await fixture.Host.InDatabaseAsync(db => db.Set<PlaceQuality>().Where(q => q.CycleId == cycle.Id).ExecuteUpdateAsync(set => set.SetProperty(q => q.ScoreSum, 99L)));
        Assert.Equal([(county.Path, 2)], await CompareAsync(cycle));

        await fixture.RebuildAsync(cycle);
        // Known to be behind, and so no alarm.
        Assert.Empty(await CompareAsync(cycle));
        await fixture.AssessAsync();
        Assert.Equal((55, 0), ((await fixture.QualityOfAsync(cycle, schools[0]))!.Score, await fixture.MarksAsync(cycle)));
    }

    [Fact]
    public async Task PlaceThatAnotherProcessHasInHand_IsLeftToIt_AndKeepsItsMarks()
    {
        var (county, schools) = await fixture.CountyAsync(1);
        var cycle = await new TestCycle(fixture, [.. schools]).OpenedAsync();
        await cycle.DeliverAsync(cycle.Submitted(schools[0], "basics", QualityScene.Basics(1)));
        await using (var other = await fixture.Host.Services.GetRequiredService<Database>().System.OpenConnectionAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 7311))", other) { Parameters = { new() { Value = $"quality {cycle.Id} {county.Path}" } } };
            await hold.ExecuteNonQueryAsync();
            await fixture.AssessAsync();
            Assert.Null(await fixture.QualityOfAsync(cycle, schools[0]));
            Assert.NotEqual(0, await fixture.MarksAsync(cycle));
        }

        await fixture.AssessAsync();
        Assert.Equal((55, 0), ((await fixture.QualityOfAsync(cycle, schools[0]))!.Score, await fixture.MarksAsync(cycle)));
    }

    private async Task<IReadOnlyList<(string Path, int Rows)>> CompareAsync(TestCycle cycle)
    {
        await using var connection = await fixture.Host.Services.GetRequiredService<Database>().System.OpenConnectionAsync();
        return await fixture.Host.Services.GetRequiredService<QualityAssessor>().CompareAsync(connection, cycle.Id, CancellationToken.None);
    }

    private static ReportExempted Exempted(TestCycle cycle, Organisations.Organisation school) => new()
    {
        ReportId = cycle.Report(school, "report"), CycleId = cycle.Id, OrganisationId = school.Id, OrganisationPath = school.Path, Level = "school", Cause = "closed",
        RequestedBy = AnalyticsFixture.NewId(), DecidedBy = AnalyticsFixture.NewId(), ExemptedAt = TestCycle.Start.AddDays(1),
    };
}
