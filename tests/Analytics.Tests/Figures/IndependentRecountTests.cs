using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Organisations;
using Gengdu.Rules;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests.Figures;

/// <summary>
/// Three cycles of the province's own programme, made of random events in random order, some twice: every figure of every node
/// equals what plain SQL finds in the stored revisions.
/// </summary>
public sealed class IndependentRecountTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly Programme s_programme = ProgrammeReader.Read(RepositoryRoot.Combine("programmes", "labor-education"));

    [Theory]
    [InlineData(7)]
    [InlineData(20261123)]
    public async Task AnyOrderAndRepetition_EqualPlainSqlOverTheRevisions_AtEveryNode(int seed)
    {
        var random = new Random(seed);
        var p = fixture.Province;
        var schools = new List<Organisation> { p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior, p.LianchiVocational, p.DingzhouPrimary };
        foreach (var (county, type, grades) in new[] { (p.Changan, "primary", "g1 g2 g3"), (p.Changan, "primary", "g1 g2 g3 g4 g5 g6"), (p.Zhengding, "senior", "g10 g11 g12"), (p.Lianchi, "nine-year", "g1 g5 g9"), (p.Dingzhou, "primary", "g1") })
        {
            schools.Add(await p.SchoolAsync(county, type, grades.Split(' ')));
        }

        var deliveries = new List<Func<TestCycle, Task>>[3];
        var cycles = new TestCycle[3];
        for (var i = 0; i < 3; i++)
        {
            cycles[i] = new(fixture, [.. schools, p.Changan, p.Shijiazhuang]);
            deliveries[i] = Events(random, cycles[i], schools, wholeYear: i == 1, modules: i == 2 ? 7 : 10);
        }

        // One school is run by another county from some moment on, in all cycles that run.
        var moved = schools[5];
        deliveries[0].Add(cycle => cycle.DeliverAsync(moved.MovedTo(p.Zhengding, TestCycle.Start.AddDays(2), 2)));
        var shuffled = deliveries.SelectMany((events, i) => events.SelectMany(deliver => Enumerable.Repeat(() => deliver(cycles[i]), random.Next(4) == 0 ? 2 : 1)))
            .OrderBy(_ => random.Next()).ToList();
        foreach (var some in shuffled.Chunk(150))
        {
            await Task.WhenAll(some.Select(deliver => deliver()));
        }

        Assert.Empty(await SqlRecount.DifferencesAsync(fixture.Host.Database.Name, "analytics"));
        var ids = cycles.Select(cycle => cycle.Id).ToArray();
        var figures = await fixture.Host.InDatabaseAsync(db => db.NodeFigures.Where(f => ids.Contains(f.CycleId)).Select(f => new { f.CycleId, f.Path, f.Indicator, f.Reported }).ToListAsync());
        Assert.Equal(3 * 38, figures.Where(f => f.Path == p.Root.Path).Select(f => (f.CycleId, f.Indicator)).Distinct().Count());
        Assert.True(figures.Count(f => f.Path == p.Root.Path && f.Reported > 0) > 90, "there is something to compare");
    }

    [Fact]
    public async Task FigureTamperedWith_IsFound()
    {
        var cycle = new TestCycle(fixture, fixture.Province.ChanganPrimary, fixture.Province.ChanganNineYear);
        foreach (var deliver in Events(new Random(1), cycle, [fixture.Province.ChanganPrimary, fixture.Province.ChanganNineYear], wholeYear: true, modules: 10))
        {
            await deliver(cycle);
        }

        await fixture.Host.InDatabaseAsync(db => db.NodeFigures.Where(f => f.CycleId == cycle.Id && f.Path == fixture.Province.Changan.Path && f.Indicator == "K29")
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.Reported, 3).SetProperty(f => f.Numerator, 0.000000001m)));
        await fixture.Host.InDatabaseAsync(db => db.NodeCompleteness.Where(c => c.CycleId == cycle.Id && c.Path == fixture.Province.Root.Path)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Submitted, c => c.Submitted + 1)));

        var found = await SqlRecount.DifferencesAsync(fixture.Host.Database.Name, "analytics");

        Assert.Equal(2, found.Count);
        Assert.StartsWith($"{fixture.Province.Root.Path} completeness", found[0], StringComparison.Ordinal);
        Assert.StartsWith($"{fixture.Province.Changan.Path} K29: stored 0.000000001 / ", found[1], StringComparison.Ordinal);
        await fixture.RebuildAsync(cycle);
        Assert.Empty(await SqlRecount.DifferencesAsync(fixture.Host.Database.Name, "analytics"));
    }

    private static List<Func<TestCycle, Task>> Events(Random random, TestCycle cycle, List<Organisation> schools, bool wholeYear, int modules)
    {
        string[] keys = [.. s_programme.Modules.Where(m => m.Levels.Contains("school")).Select(m => m.Key).Take(modules)];
        var roster = cycle.Roster();
        roster = roster with { Entries = [.. roster.Entries.Select(entry => entry with { ModuleKeys = entry.Level == "school" ? keys : [$"{entry.Level}-department"] })] };
        var opened = cycle.Opened() with { ProgrammeKey = s_programme.Key, ProgrammeVersion = s_programme.Version };
        var events = new List<Func<TestCycle, Task>>
        {
            to => to.DeliverAsync(new ProgrammePublished { ProgrammeKey = s_programme.Key, ProgrammeVersion = s_programme.Version, ContentHash = new string('0', 64), Bundle = s_programme.Json }),
            to => to.DeliverAsync(opened with { PeriodEnd = wholeYear ? new(2027, 8, 31) : new(2027, 1, 31) }),
            to => to.DeliverAsync(roster with { Part = 1, Parts = 2, Entries = [.. roster.Entries.Take(roster.Entries.Count / 2)] }),
            to => to.DeliverAsync(roster with { Part = 2, Parts = 2, Entries = [.. roster.Entries.Skip(roster.Entries.Count / 2)] }),
        };
        foreach (var school in schools)
        {
            foreach (var key in keys)
            {
                events.AddRange(Reported(random, cycle, school, key));
            }
        }

        if (schools.Count > 2)
        {
            var exempt = roster.Entries.First(entry => entry.OrganisationId == schools[2].Id);
            var any = AnalyticsFixture.NewId();
            events.Add(to => to.DeliverAsync(new ReportExempted
            {
                ReportId = exempt.ReportId, CycleId = to.Id, OrganisationId = exempt.OrganisationId, OrganisationPath = exempt.OrganisationPath, Level = "school",
                Cause = "other", RequestedBy = any, DecidedBy = any, ExemptedAt = TestCycle.Start.AddDays(1),
            }));
        }

        return events;
    }

    /// <summary>No, one, two or three revisions of a module and what the reviewers did with them.</summary>
    private static IEnumerable<Func<TestCycle, Task>> Reported(Random random, TestCycle cycle, Organisation school, string key)
    {
        var revisions = random.Next(10) switch { 0 => 0, < 8 => 1, 8 => 2, _ => 3 };
        for (var revision = 1; revision <= revisions; revision++)
        {
            var submitted = cycle.Submitted(school, key, RandomAnswers.Of(random, s_programme.Module(key)!, school.Grades), revision, random.Next(4) > 0, random.Next(1, 5000))
                with { ProgrammeKey = s_programme.Key, ProgrammeVersion = s_programme.Version };
            yield return to => to.DeliverAsync(submitted);
            var (number, minute) = (revision, random.Next(5000, 9000));
            if (revision < revisions || random.Next(6) == 0)
            {
                yield return to => to.DeliverAsync(cycle.Returned(school, key, number, 2, minute));
            }
            else if (random.Next(2) == 0)
            {
                yield return to => to.DeliverAsync(cycle.Approved("county", minute, (school, key, number, 2)));
                if (random.Next(2) == 0)
                {
                    yield return to => to.DeliverAsync(cycle.Approved("city", minute + 1, (school, key, number, 3)));
                    yield return to => to.DeliverAsync(cycle.Accepted(minute + 2, (school, key, number, 4)));
                }
            }
        }
    }
}
