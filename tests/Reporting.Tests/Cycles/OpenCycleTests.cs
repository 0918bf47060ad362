using System.Text.Json.Nodes;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class OpenCycleTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_PlannedCycle_FreezesTheRosterAndTellsIt()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var id = await fixture.CreateCycleAsync(owner: owner);
        using var response = await owner.PostAsync($"/api/reporting/cycles/{id}/opening", null);
        var cycle = await BodyAsync(response);
        var reports = await fixture.Host.InDatabaseAsync(db => db.Reports.Where(r => r.CycleId == id).ToListAsync());
        Assert.Equal(("open", reports.Count), (cycle.GetProperty("state").GetString(), cycle.GetProperty("rosterSize").GetInt32()));
        Assert.Equal(["city", "county"], reports.Where(r => r.OrganisationId == fixture.Province.Dingzhou.Id).Select(r => r.Level).Order());
        Assert.Equal(reports.Count, reports.Select(r => r.Number).Distinct().Count());

        var opened = await fixture.Host.Events.WaitForAsync<CycleOpened>(e => e.CycleId == id);
        Assert.Equal(opened.ModuleKeys.Order(), opened.ModuleNames!.Select(name => name.Key).Order());
        Assert.All(opened.ModuleNames!, name => Assert.True(name.Zh.Length > 0 && name.En.Length > 0));
        Assert.Equal((reports.Count, 1, "2026-autumn", 4), (opened.RosterSize, opened.RosterParts, opened.PeriodKey, opened.Deadlines.Count));
        var part = await fixture.Host.Events.WaitForAsync<CycleRosterPublished>(e => e.CycleId == id);
        Assert.Equal(reports.Select(r => r.Id).Order(), part.Entries.Select(e => e.ReportId).Order());
        var school = part.Entries.Single(e => e.OrganisationId == fixture.Province.ChanganPrimary.Id);
        Assert.Equal(("school", "primary", 6), (school.Level, school.SchoolType, school.Grades.Count));
        Assert.Equal(["basic-information", "curriculum"], school.ModuleKeys);
    }

    [Fact]
    public async Task Post_SchoolRegisteredAfterwards_IsNotOnTheRoster()
    {
        var id = await fixture.OpenCycleAsync();
        var late = await fixture.Province.SchoolAsync(fixture.Province.Lianchi);
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Reports.AnyAsync(r => r.CycleId == id && r.OrganisationId == late.Id)));
    }

    [Fact]
    public async Task Post_ClosedSchool_IsNotOnTheRoster()
    {
        var closed = await fixture.Province.SchoolAsync(fixture.Province.Lianchi);
        await fixture.Host.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == closed.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.ValidTo, new DateOnly(2026, 8, 31))));
        var id = await fixture.OpenCycleAsync();
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Reports.AnyAsync(r => r.CycleId == id && r.OrganisationId == closed.Id)));
    }

    [Fact]
    public async Task Post_TwiceOrAtOnce_OpensOnce()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var id = await fixture.CreateCycleAsync(owner: owner);
        var responses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => owner.PostAsync($"/api/reporting/cycles/{id}/opening", null)));
        Assert.Single(responses, r => r.IsSuccessStatusCode);
        foreach (var refused in responses.Where(r => !r.IsSuccessStatusCode))
        {
            await RefusedAsync(refused, 409, "RPT-0201");
        }

        Assert.Equal(
            await fixture.Host.InDatabaseAsync(db => db.Reports.CountAsync(r => r.CycleId == id)),
            await fixture.Host.InDatabaseAsync(db => db.Reports.Where(r => r.CycleId == id).Select(r => new { r.OrganisationId, r.Level }).Distinct().CountAsync()));
    }

    [Fact]
    public async Task Post_ByAnyoneElseOrUnknown_IsRefused()
    {
        var id = await fixture.CreateCycleAsync();
        using var supervisor = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var forbidden = await supervisor.PostAsync($"/api/reporting/cycles/{id}/opening", null);
        await RefusedAsync(forbidden, 403, "GEN-0005");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var unknown = await owner.PostAsync($"/api/reporting/cycles/{Guid.CreateVersion7(fixture.Now)}/opening", null);
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var nobody = fixture.Host.CreateClient(Guid.CreateVersion7(fixture.Now));
        using var outside = await nobody.PostAsync($"/api/reporting/cycles/{id}/opening", null);
        await RefusedAsync(outside, 404, "GEN-0006");
    }

    [Fact]
    public async Task Post_DepartmentsAlone_NeedsNoSchool()
    {
        var id = await fixture.OpenCycleAsync(c => c["moduleKeys"] = new JsonArray("province-department"));
        Assert.Equal("province", (await fixture.Host.InDatabaseAsync(db => db.Reports.SingleAsync(r => r.CycleId == id))).Level);
    }
}
