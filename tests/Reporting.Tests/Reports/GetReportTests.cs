using Gengdu.Organisations;
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
}
