using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class GetHistoryTests(ReportingFixture fixture)
{
    [Fact]
    public async Task History_ShowsTheLatestSubmittedRevisionOfEachEarlierCycle_OldestFirst()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        await SubmittedAsync(school, 2020, boarders: 20);
        await SubmittedAsync(school, 2019, boarders: 19);
        await (await DeskAsync(school, 2021)).SavedAsync(("boarders", "4711"));
        await SubmittedAsync(school, 2023, boarders: 23);
        var now = await DeskAsync(school, 2022);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        foreach (var client in new[] { now.Reporter, now.Approver, county })
        {
            var cycles = (await HistoryAsync(client, now)).GetProperty("cycles").EnumerateArray().ToList();
            Assert.Equal(["2019-autumn", "2020-autumn"], cycles.Select(c => c.GetProperty("periodKey").GetString()));
            Assert.Equal([19, 20], cycles.Select(c => c.GetProperty("values").GetProperty("boarders").GetInt32()));
            Assert.Equal("13800001111", cycles[0].GetProperty("values").GetProperty("principal_phone").GetString());
            Assert.Equal((1, "2019"), (cycles[0].GetProperty("revision").GetInt32(), cycles[0].GetProperty("nameEn").GetString()));
        }
    }

    [Fact]
    public async Task History_AboveTheOwnCounty_IsMasked_AndNotForAdministratorsNorStrangers()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        await SubmittedAsync(school, 2020, boarders: 20);
        var now = await DeskAsync(school, 2021);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var history = await HistoryAsync(owner, now);
        Assert.Equal(20, history.GetProperty("cycles")[0].GetProperty("values").GetProperty("boarders").GetInt32());
        Assert.True(history.GetProperty("cycles")[0].GetProperty("values").GetProperty("principal_phone").GetProperty("masked").GetBoolean());
        Assert.DoesNotContain("13800001111", history.GetRawText(), StringComparison.Ordinal);

        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        using var forbidden = await administrator.GetAsync($"{now.Address}/history");
        await RefusedAsync(forbidden, 403, "GEN-0005");
        using var neighbour = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var outside = await neighbour.GetAsync($"{now.Address}/history");
        await RefusedAsync(outside, 404, "GEN-0006");
    }

    /// <summary>A closed cycle stays with the county of then: the new county reviews the school and does not read the old papers.</summary>
    [Fact]
    public async Task History_OfASchoolThatMoved_IsTheSchoolsOwn_AndNotTheNewCountys()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var then = await SubmittedAsync(school, 2020, boarders: 20);
        using (var owner = await fixture.ClientAsync(Roles.ProvinceOwner, p.Root))
        {
            using var closing = await owner.PostAsync($"/api/reporting/cycles/{then.CycleId}/closing", null);
            await BodyAsync(closing);
        }

        var now = await DeskAsync(school, 2021);
        await fixture.Host.Events.DeliverAsync(school.MovedTo(p.Lianchi, fixture.Now.AddSeconds(1)));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, p.Lianchi);
        Assert.Equal(0, (await HistoryAsync(county, now)).GetProperty("cycles").GetArrayLength());
        Assert.Equal(1, (await HistoryAsync(now.Reporter, now)).GetProperty("cycles").GetArrayLength());
        Assert.Equal(20, (await now.ReadAsync()).GetProperty("previousValues").GetProperty("boarders").GetInt32());
    }

    [Fact]
    public async Task PreviousValues_AreTheLastSignedOnesWithoutPersonalCells_AndTheOrganisationsOwn()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var first = await DeskAsync(school, 2019);
        Assert.Equal(JsonValueKind.Null, (await first.ReadAsync()).GetProperty("previousValues").ValueKind);
        await SubmittedAsync(school, 2020, boarders: 20);
        await (await DeskAsync(school, 2021)).SavedAsync(("boarders", "4711"));
        var now = await DeskAsync(school, 2022);
        var previous = (await now.ReadAsync()).GetProperty("previousValues");
        Assert.Equal((20, false), (previous.GetProperty("boarders").GetInt32(), previous.TryGetProperty("principal_phone", out _)));

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal(JsonValueKind.Null, (await now.ReadAsync(county)).GetProperty("previousValues").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await first.ReadAsync()).GetProperty("previousValues").ValueKind);
    }

    [Fact]
    public async Task History_IsAudited_AndTwelveCyclesAtMost()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        for (var year = 2000; year < 2013; year++)
        {
            await SubmittedAsync(school, year, boarders: year - 2000);
        }

        var now = await DeskAsync(school, 2020);
        var cycles = (await HistoryAsync(now.Reporter, now)).GetProperty("cycles").EnumerateArray().ToList();
        Assert.Equal((12, "2001-autumn", "2012-autumn"), (cycles.Count, cycles[0].GetProperty("periodKey").GetString(), cycles[^1].GetProperty("periodKey").GetString()));
        var act = Assert.Single(await fixture.Host.AuditOfAsync(now.Id), act => act.Act == "module-report-history.seen");
        Assert.Equal((12, school.Path), (act.Rows, act.OrganisationPath));
    }

    private static async Task<JsonElement> HistoryAsync(HttpClient client, Desk desk)
    {
        using var response = await client.GetAsync($"{desk.Address}/history");
        return await BodyAsync(response);
    }

    private async Task<Desk> SubmittedAsync(Organisation school, int year, int boarders)
    {
        var desk = await DeskAsync(school, year);
        await desk.FilledAsync();
        await desk.SavedAsync(("boarders", $"{boarders}"));
        using var completed = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(completed);
        await desk.SubmittedAsync();
        return desk;
    }

    private Task<Desk> DeskAsync(Organisation school, int year) => fixture.DeskAsync(school, cycle: request =>
    {
        (request["nameZh"], request["nameEn"]) = ($"{year} 年", $"{year}");
        request["moduleKeys"] = new JsonArray("basic-information");
        request["period"] = new JsonObject
        {
            ["key"] = $"{year}-autumn", ["academicYear"] = $"{year}-{year + 1}", ["start"] = $"{year}-09-01", ["end"] = $"{year + 1}-01-31", ["fiscalYear"] = year,
        };
    });
}
