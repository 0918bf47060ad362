using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Recounts;
using Gengdu.Analytics.Tests.Publications;
using Gengdu.Analytics.Tests.Quality;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Tests;

/// <summary>Row-level security behind the filters (TR-30): raw SQL under the service's own role.</summary>
public sealed class FenceTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    private static readonly Dictionary<string, string> Places = new()
    {
        ["roster_entries"] = "t.path",
        ["module_values"] = "(select r.path from analytics.roster_entries r where r.cycle_id = t.cycle_id and r.organisation_id = t.organisation_id)",
        ["school_indicators"] = "t.path",
        ["node_figures"] = "t.path",
        ["node_completeness"] = "t.path",
        ["recounted_rows"] = "t.path",
        ["published_figures"] = "t.path",
        ["published_schools"] = "t.path",
        ["counted_groups"] = "t.path",
        ["school_quality"] = "(select r.path from analytics.roster_entries r where r.cycle_id = t.cycle_id and r.organisation_id = t.organisation_id)",
        ["place_quality"] = "t.path",
        ["exports"] = "t.path",
        ["export_parts"] = "(select e.path from analytics.exports e where e.id = t.export_id)",
    };

    private TestProvince Province => fixture.Province;

    [Fact]
    public async Task Tables_EachHasAScopeOrAReason() => Assert.Empty(await (await FenceAsync()).UndecidedTablesAsync());

    [Fact]
    public async Task Role_FindsNoWayRound() => Assert.Empty(await (await FenceAsync()).WaysRoundAsync());

    [Fact]
    public async Task RowsAndWrites_AreThoseOfTheScope()
    {
        await ReportedAsync();
        var (fence, changan, county) = (await FenceAsync(), Province.Changan.Path, RowScope.Of([], [], [], [Province.Changan.Path]));
        Assert.Empty(await fence.WrongRowsAsync(null, Places, _ => false));
        Assert.Empty(await fence.WrongRowsAsync(county, Places, path => path.StartsWith(changan, StringComparison.Ordinal)));
        Assert.Empty(await fence.WrongWritesAsync(county, Places, path => path.StartsWith(changan, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task School_SeesItsOwnRowsAndOfItsCountyTheFiguresAlone()
    {
        await ReportedAsync();
        var reporter = await Province.PersonAsync(Roles.Reporter, Province.ChanganPrimary);
        var schools = await fixture.Host.AsCallerAsync(reporter, db => db.SchoolIndicators.Select(s => s.OrganisationId).Distinct().ToListAsync());
        Assert.Equal([Province.ChanganPrimary.Id], schools);
        Assert.Equal([Province.ChanganPrimary.Id], await fixture.Host.AsCallerAsync(reporter, db => db.ModuleValues.Select(v => v.OrganisationId).Distinct().ToListAsync()));
        Assert.Equal([Province.Changan.Path], await fixture.Host.AsCallerAsync(reporter, db => db.NodeFigures.Select(f => f.Path).Distinct().ToListAsync()));
        Assert.Equal([Province.ChanganPrimary.Path], await fixture.Host.AsCallerAsync(reporter, db => db.NodeCompleteness.Select(c => c.Path).Distinct().ToListAsync()));
    }

    [Fact]
    public async Task Query_ThatForgotItsFilter_FindsTheCallersRowsAlone()
    {
        await ReportedAsync();
        var reviewer = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        var seen = await fixture.Host.AsCallerAsync(reviewer, db => db.NodeCompleteness.Select(c => c.Path).ToListAsync());
        Assert.NotEmpty(seen);
        Assert.All(seen, path => Assert.StartsWith(Province.Changan.Path, path, StringComparison.Ordinal));
        Assert.True(await fixture.Host.InDatabaseAsync(db => db.NodeCompleteness.CountAsync()) > seen.Count, "work in the background sees all");
        Assert.Equal(0, await fixture.Host.AsCallerAsync(Guid.Empty, db => db.NodeCompleteness.CountAsync()));
    }

    private Task<FenceChecks> FenceAsync() => FenceChecks.OfAsync(fixture.Host, "analytics");

    private async Task ReportedAsync()
    {
        var cycle = await new TestCycle(fixture, Province.ChanganPrimary, Province.ChanganNineYear, Province.LianchiVocational).OpenedAsync();
        foreach (var school in (Organisation[])[Province.ChanganPrimary, Province.ChanganNineYear, Province.LianchiVocational])
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(300)));
        }

        await PublishFiguresTests.PublishAsync(fixture, cycle);
        await fixture.AssessAsync();
        // As a rebuild sets them aside, and as groups of large places are kept.
        await fixture.Host.InDatabaseAsync(async db =>
        {
            db.AddRange((await db.NodeCompleteness.Where(n => n.CycleId == cycle.Id).Select(n => n.Path).ToListAsync()).Select(path => new CountedGroups
            {
                CycleId = cycle.Id, Path = path, Indicator = "K01", Dimension = "run-by", Number = 1, ProgrammeVersion = cycle.Version, CountedAt = TestCycle.Start, Rows = "{}",
            }));
            foreach (var path in await db.NodeCompleteness.Where(n => n.CycleId == cycle.Id).Select(n => n.Path).ToListAsync())
            {
                var export = new Export
                {
                    Id = AnalyticsFixture.NewId(), Kind = "summary", Format = "xlsx", Language = "zh", CycleId = cycle.Id, OrganisationId = cycle.Id, Path = path, RequestedBy = cycle.Id,
                    RequestedAt = TestCycle.Start, ExpiresAt = DateTimeOffset.MaxValue, State = "finished",
                };
                db.AddRange(export, new ExportPart { ExportId = export.Id, Number = 0, Content = [1] });
            }

            db.AddRange((await db.SchoolIndicators.Where(s => s.CycleId == cycle.Id).ToListAsync()).Select(s => new RecountedRow
            {
                RecountId = cycle.Id, OrganisationId = s.OrganisationId, Indicator = s.Indicator, Path = s.Path, NodePath = s.NodePath, Facts = "",
            }));
            await db.SaveChangesAsync();
        });
    }
}
