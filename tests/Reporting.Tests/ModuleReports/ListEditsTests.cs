using System.Net.Http.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ListEditsTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_SaysWhoSavedWhichCellSinceAVersion()
    {
        var desk = await fixture.DeskAsync();
        await desk.Approver.PutAsJsonAsync($"{desk.Address}/presence", new { name = "张立" });
        await desk.SavedAsync(("boarders", "1"));
        using var other = await desk.SaveAsync(desk.Approver, 2, "batch-of-another", ("boarders", "2"), ("staff_total", "3"));
        await BodyAsync(other);
        var edit = Assert.Single((await BodyAsync(await desk.Reporter.GetAsync($"{desk.Address}/edits?since=2"))).GetProperty("items").EnumerateArray());
        Assert.Equal((3, "张立", fixture.Now), (edit.GetProperty("version").GetInt32(), edit.GetProperty("name").GetString(), edit.GetProperty("savedAt").GetDateTimeOffset()));
        Assert.Equal(["boarders", "staff_total"], edit.GetProperty("cells").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal(2, (await BodyAsync(await desk.Reporter.GetAsync($"{desk.Address}/edits"))).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Get_ByAnybodyElse_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var above = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var elsewhere = await fixture.ClientAsync(Roles.Reporter, fixture.Province.LianchiVocational);
        await RefusedAsync(await above.GetAsync($"{desk.Address}/edits"), 403, "RPT-0309");
        await RefusedAsync(await elsewhere.GetAsync($"{desk.Address}/edits"), 404, "GEN-0006");
    }
}
