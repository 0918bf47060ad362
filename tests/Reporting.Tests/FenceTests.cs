using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Peers;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Reporting.Tests;

/// <summary>Row-level security behind the filters (TR-30): raw SQL under the service's own role.</summary>
public sealed class FenceTests(ReportingFixture fixture)
{
    private static readonly Dictionary<string, string> Places = new()
    {
        ["reports"] = "t.organisation_path",
        ["module_reports"] = "t.organisation_path",
        ["extensions"] = "(select o.path from reporting.organisations o where o.id = t.organisation_id)",
        ["extension_requests"] = "(select o.path from reporting.organisations o where o.id = t.organisation_id)",
        ["exemption_requests"] = "(select r.organisation_path from reporting.reports r where r.id = t.report_id)",
        ["master_figures"] = "(select o.path from reporting.organisations o where o.id = t.organisation_id)",
        ["reviewer_groups"] = "(select o.path from reporting.organisations o where o.id = t.organisation_id)",
        ["peer_bases"] = "t.county_path",
        ["revisions"] = "(select m.organisation_path from reporting.module_reports m where m.id = t.module_report_id)",
        ["submission_keys"] = "(select m.organisation_path from reporting.module_reports m where m.id = t.module_report_id)",
        ["saved_batches"] = "(select m.organisation_path from reporting.module_reports m where m.id = t.module_report_id)",
        ["presences"] = "(select m.organisation_path from reporting.module_reports m where m.id = t.module_report_id)",
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
        var (fence, changan, school) = (await FenceAsync(), Province.Changan.Path, Province.ChanganPrimary);
        Assert.Empty(await fence.WrongRowsAsync(null, Places, _ => false));
        var county = RowScope.Of([], [], [], [changan]);
        Assert.Empty(await fence.WrongRowsAsync(county, Places, path => path.StartsWith(changan, StringComparison.Ordinal)));
        // A school sees its own rows, and of other schools' values behind the county's figures none.
        var own = RowScope.Of([school.Id], [school.Path], [changan], []);
        Assert.StartsWith("peer_bases: 0 rows seen, 0 of ", Assert.Single(await fence.WrongRowsAsync(own, Places, path => path == school.Path)), StringComparison.Ordinal);
        Assert.Equal(0, await fixture.Host.AsCallerAsync(await Province.PersonAsync(Roles.Reporter, school), db => db.PeerBases.CountAsync()));
        Assert.Empty(await fence.WrongWritesAsync(county, Places, path => path.StartsWith(changan, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Query_ThatForgotItsFilter_FindsTheCallersRowsAlone()
    {
        await ReportedAsync();
        var reviewer = await Province.PersonAsync(Roles.CountyReviewer, Province.Changan);
        var reports = await fixture.Host.AsCallerAsync(reviewer, db => db.Reports.ToListAsync());
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.StartsWith(Province.Changan.Path, report.OrganisationPath, StringComparison.Ordinal));
        var modules = await fixture.Host.AsCallerAsync(reviewer, db => db.ModuleReports.Select(m => new { m.Id, m.OrganisationPath }).ToListAsync());
        Assert.All(modules, module => Assert.StartsWith(Province.Changan.Path, module.OrganisationPath, StringComparison.Ordinal));
        var revised = await fixture.Host.AsCallerAsync(reviewer, db => db.Revisions.Select(r => r.ModuleReportId).Distinct().ToListAsync());
        Assert.NotEmpty(revised);
        Assert.Subset(modules.Select(module => module.Id).ToHashSet(), revised.ToHashSet());
        Assert.True(await fixture.Host.InDatabaseAsync(db => db.Reports.CountAsync()) > reports.Count, "work in the background sees all");
        Assert.Equal(0, await fixture.Host.AsCallerAsync(Guid.Empty, db => db.Reports.CountAsync()));
        var changed = await fixture.Host.AsCallerAsync(reviewer, db => db.Reports.Where(r => r.OrganisationId == Province.LianchiVocational.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.ExtendedUntil, fixture.Now)));
        Assert.Equal(0, changed);
    }

    private Task<FenceChecks> FenceAsync() => FenceChecks.OfAsync(fixture.Host, "reporting");

    // Something in every table, of this county and of another.
    private async Task ReportedAsync()
    {
        foreach (var school in (Organisation[])[Province.ChanganPrimary, Province.ChanganNineYear, Province.LianchiVocational])
        {
            var desk = await fixture.DeskAsync(school);
            await desk.CompletedAsync();
            await desk.SubmittedAsync();
            using var present = await desk.Reporter.PutAsJsonAsync($"{desk.Address}/presence", new { name = "李敏" });
            Assert.True(present.IsSuccessStatusCode, await present.Content.ReadAsStringAsync());
            using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, Province.Root);
            using var granted = await owner.PostAsJsonAsync(
                $"/api/reporting/cycles/{desk.CycleId}/extensions", new { organisationId = school.Id, until = fixture.Now.AddDays(60), reason = "连日暴雨" });
            Assert.True(granted.IsSuccessStatusCode, await granted.Content.ReadAsStringAsync());
            using var late = await desk.Reporter.PostAsJsonAsync(
                $"/api/reporting/cycles/{desk.CycleId}/extension-requests", new { organisationId = school.Id, until = fixture.Now.AddDays(70), reason = "连日暴雨" });
            Assert.True(late.IsSuccessStatusCode, await late.Content.ReadAsStringAsync());
            using var city = await fixture.ClientAsync(Roles.CitySupervisor, Province.Shijiazhuang.Path == school.Path[..Province.Shijiazhuang.Path.Length] ? Province.Shijiazhuang : Province.Baoding);
            using var struck = await city.PostAsJsonAsync($"/api/reporting/reports/{(await desk.RowAsync()).ReportId}/exemption-request", new { cause = "disaster", reason = "校舍受损", document = "冀教〔2026〕1号" });
            Assert.True(struck.IsSuccessStatusCode, await struck.Content.ReadAsStringAsync());
            using var recorded = await owner.PutAsJsonAsync(
                "/api/reporting/master-figures", new { source = "学籍系统", asOf = "2026-09-01", figures = new[] { new { code = school.Code, key = "classes", value = 0 } } });
            Assert.True(recorded.IsSuccessStatusCode, await recorded.Content.ReadAsStringAsync());
            await fixture.Host.Events.DeliverAsync(ModuleReports.ReviewerGroupTests.Group(fixture.Now, school, await Province.PersonAsync(Roles.Administrator, school), Guid.CreateVersion7(fixture.Now)));
        }

        await fixture.Host.Services.GetRequiredService<PeerRecomputer>().RecomputeAsync(default);
    }
}
