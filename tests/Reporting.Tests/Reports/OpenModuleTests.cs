using System.Text.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class OpenModuleTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Open_IsLetterByLetterWhatTheThreeAddressesAnswer()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "7"));
        var (opened, reportId) = await OpenAsync(desk, desk.Reporter);
        using var report = await desk.Reporter.GetAsync($"/api/reporting/reports/{reportId}");
        Assert.Equal((await BodyAsync(report)).GetRawText(), opened.GetProperty("report").GetRawText());
        var module = opened.GetProperty("moduleReport");
        Assert.Equal((await desk.ReadAsync()).GetRawText(), module.GetRawText());
        using var form = await desk.Reporter.GetAsync(
            $"/api/reporting/programmes/{Text(module, "programmeKey")}/versions/{Text(module, "programmeVersion")}?module={Text(module, "moduleKey")}");
        Assert.True(JsonElement.DeepEquals(await BodyAsync(form), opened.GetProperty("form")));
        // What the page makes the ETag of.
        using var own = await desk.Reporter.GetAsync(desk.Address);
        Assert.Equal(own.Headers.ETag!.Tag, $"\"v{module.GetProperty("version").GetInt64()}\"");
    }

    [Fact]
    public async Task Open_AboveTheSchool_ShowsNoDraft()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "77"));
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var (opened, _) = await OpenAsync(desk, reviewer);
        Assert.Equal((JsonValueKind.Null, "draft"), (opened.GetProperty("moduleReport").GetProperty("values").ValueKind, Text(opened.GetProperty("moduleReport"), "state")));
    }

    [Fact]
    public async Task Open_ElsewhereOrAModuleThatIsNotOwed_IsNotFound()
    {
        var desk = await fixture.DeskAsync();
        var reportId = (await desk.RowAsync()).ReportId;
        using var other = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganNineYear);
        foreach (var (client, report, module) in new[] { (other, reportId, "basic-information"), (desk.Reporter, reportId, "no-such-module"), (desk.Reporter, Guid.CreateVersion7(), "basic-information") })
        {
            using var refused = await client.GetAsync($"/api/reporting/reports/{report}/modules/{module}");
            await RefusedAsync(refused, 404, "GEN-0006");
        }
    }

    private static string Text(JsonElement of, string property) => of.GetProperty(property).GetString()!;

    private static async Task<(JsonElement Opened, Guid ReportId)> OpenAsync(Desk desk, HttpClient by)
    {
        var reportId = (await desk.RowAsync()).ReportId;
        using var response = await by.GetAsync($"/api/reporting/reports/{reportId}/modules/basic-information");
        return (await BodyAsync(response), reportId);
    }
}
