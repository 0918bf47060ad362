using System.Net.Http.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class EndPresenceTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Delete_OwnPresence_IsGoneAtOnce()
    {
        var desk = await fixture.DeskAsync();
        await desk.Reporter.PutAsJsonAsync($"{desk.Address}/presence", new { name = "李敏" });
        await desk.Approver.PutAsJsonAsync($"{desk.Address}/presence", new { name = "张立" });
        using var left = await desk.Reporter.DeleteAsync($"{desk.Address}/presence");
        Assert.Equal(204, (int)left.StatusCode);
        var people = (await BodyAsync(await desk.Approver.PutAsJsonAsync($"{desk.Address}/presence", new { name = "张立" }))).GetProperty("people");
        Assert.Equal("张立", Assert.Single(people.EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Delete_ByAnybodyElse_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var above = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var elsewhere = await fixture.ClientAsync(Roles.Reporter, fixture.Province.LianchiVocational);
        await RefusedAsync(await above.DeleteAsync($"{desk.Address}/presence"), 403, "RPT-0309");
        await RefusedAsync(await elsewhere.DeleteAsync($"{desk.Address}/presence"), 404, "GEN-0006");
    }
}
