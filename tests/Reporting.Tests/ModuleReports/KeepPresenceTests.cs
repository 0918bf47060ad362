using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>Who is in which module: told by the pages, known to the own people, gone after a minute.</summary>
public sealed class KeepPresenceTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Put_TwoPeople_SeeEachOther()
    {
        var desk = await fixture.DeskAsync();
        await PutAsync(desk, desk.Reporter, "李敏");
        var seen = await BodyAsync(await PutAsync(desk, desk.Approver, "张立\u0007"));
        Assert.Equal([("张立", true), ("李敏", false)], People(seen));
        Assert.Equal((1, "not-started"), (seen.GetProperty("version").GetInt32(), seen.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Put_AgainAndAgain_IsOneRow()
    {
        var desk = await fixture.DeskAsync();
        await PutAsync(desk, desk.Reporter, "李敏");
        Assert.Single(People(await BodyAsync(await PutAsync(desk, desk.Reporter, "李敏"))));
    }

    [Fact]
    public async Task AfterAMinute_NobodyIsThere()
    {
        var desk = await fixture.DeskAsync();
        await PutAsync(desk, desk.Reporter, "李敏");
        await fixture.Host.InDatabaseAsync(db => db.Presences.Where(p => p.ModuleReportId == desk.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.SeenAt, fixture.Now.AddSeconds(-61))));
        Assert.Equal([("张立", true)], People(await BodyAsync(await PutAsync(desk, desk.Approver, "张立"))));
    }

    [Fact]
    public async Task Anybody_Else_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var above = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var elsewhere = await fixture.ClientAsync(Roles.Reporter, fixture.Province.LianchiVocational);
        await RefusedAsync(await PutAsync(desk, above, "x"), 403, "RPT-0309");
        await RefusedAsync(await PutAsync(desk, elsewhere, "x"), 404, "GEN-0006");
    }

    [Fact]
    public async Task Put_NameTooLong_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var response = await PutAsync(desk, desk.Reporter, new string('李', 61));
        Assert.Equal("name", (await RefusedAsync(response, 422, "GEN-0011")).GetProperty("errors")[0].GetProperty("at").GetString());
    }

    private static async Task<HttpResponseMessage> PutAsync(Desk desk, HttpClient client, string name) => await client.PutAsJsonAsync($"{desk.Address}/presence", new { name });

    private static IEnumerable<(string, bool)> People(JsonElement answer) =>
        answer.GetProperty("people").EnumerateArray().Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("you").GetBoolean())).OrderByDescending(p => p.Item2);
}
