using System.Net.Http.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class ListPresencesTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_SaysWhoHasWhichModuleOpen()
    {
        var desk = await fixture.DeskAsync();
        var address = $"/api/reporting/reports/{(await desk.RowAsync()).ReportId}/presence";
        await desk.Reporter.PutAsJsonAsync($"{desk.Address}/presence", new { name = "李敏" });
        await desk.Approver.PutAsJsonAsync($"{desk.Address}/presence", new { name = "张立" });
        var items = (await BodyAsync(await desk.Reporter.GetAsync(address))).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([("张立", false), ("李敏", true)], items.Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("you").GetBoolean())).OrderBy(p => p.Item2));
        Assert.All(items, p => Assert.Equal(desk.Id, p.GetProperty("moduleReportId").GetGuid()));
    }

    [Fact]
    public async Task Get_ByAnybodyElse_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        var address = $"/api/reporting/reports/{(await desk.RowAsync()).ReportId}/presence";
        using var above = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var elsewhere = await fixture.ClientAsync(Roles.Reporter, fixture.Province.LianchiVocational);
        await RefusedAsync(await above.GetAsync(address), 403, "RPT-0309");
        await RefusedAsync(await elsewhere.GetAsync(address), 404, "GEN-0006");
    }
}
