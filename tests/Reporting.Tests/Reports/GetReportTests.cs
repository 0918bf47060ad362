using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class GetReportTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_OwnReport_HasItsModulesInTheProgrammesOrder()
    {
        var desk = await fixture.DeskAsync();
        var reportId = (await desk.RowAsync()).ReportId;
        using var response = await desk.Reporter.GetAsync($"/api/reporting/reports/{reportId}");
        var report = await BodyAsync(response);
        Assert.Equal(("not-started", "school"), (report.GetProperty("state").GetString(), report.GetProperty("level").GetString()));
        Assert.Equal(["basic-information", "curriculum"], report.GetProperty("modules").EnumerateArray().Select(m => m.GetProperty("key").GetString()));
        Assert.Equal(fixture.Now.AddDays(30), report.GetProperty("dueAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Get_OutsideTheSubtree_IsNotFound()
    {
        var desk = await fixture.DeskAsync();
        using var other = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganNineYear);
        using var response = await other.GetAsync($"/api/reporting/reports/{(await desk.RowAsync()).ReportId}");
        await RefusedAsync(response, 404, "GEN-0006");
    }

    [Fact]
    public async Task Get_SchoolThatMovedDuringTheCycle_KeepsItsReport_AndItsOldLineToo()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var desk = await fixture.DeskAsync(school);
        var reportId = (await desk.RowAsync()).ReportId;
        await fixture.Host.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == school.Id)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.Path, $"{fixture.Province.Zhengding.Path}999/").SetProperty(x => x.ParentId, fixture.Province.Zhengding.Id)));
        fixture.Host.Services.GetRequiredService<AccessCache>().Forget();

        using var own = await desk.Reporter.GetAsync($"/api/reporting/reports/{reportId}");
        await BodyAsync(own);
        await desk.SavedAsync(("boarders", "3"));
        using var list = await desk.Reporter.GetAsync($"/api/reporting/reports?cycleId={desk.CycleId}");
        Assert.Equal(reportId, Assert.Single((await BodyAsync(list)).GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        using var before = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var seen = await before.GetAsync($"/api/reporting/reports/{reportId}");
        await BodyAsync(seen);
        using var after = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var unseen = await after.GetAsync($"/api/reporting/reports/{reportId}");
        await RefusedAsync(unseen, 404, "GEN-0006");
    }

    [Fact]
    public async Task Get_ReviewerWhoAlsoReportsElsewhere_SeesBoth()
    {
        var desk = await fixture.DeskAsync();
        using var both = fixture.Host.CreateClient(await fixture.Province.PersonAsync((Roles.CountyReviewer, fixture.Province.Zhengding), (Roles.Reporter, desk.School)));
        using var list = await both.GetAsync($"/api/reporting/reports?cycleId={desk.CycleId}");
        var codes = (await BodyAsync(list)).GetProperty("items").EnumerateArray().Select(r => r.GetProperty("organisation").GetProperty("code").GetString()).ToList();
        Assert.Contains(desk.School.Code, codes);
        Assert.Contains(fixture.Province.ZhengdingJunior.Code, codes);
        Assert.DoesNotContain(fixture.Province.ChanganNineYear.Code, codes);
    }
}
