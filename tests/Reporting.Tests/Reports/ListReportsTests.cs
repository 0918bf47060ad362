using System.Text.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Reports;

public sealed class ListReportsTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_EachCaller_SeesTheOwnSubtreeAlone()
    {
        var province = fixture.Province;
        Assert.Equal([province.ChanganPrimary.Code], await CodesAsync(Roles.Reporter, province.ChanganPrimary));
        var county = await CodesAsync(Roles.CountyReviewer, province.Changan);
        Assert.Superset(new HashSet<string?> { province.Changan.Code, province.ChanganPrimary.Code, province.ChanganNineYear.Code }, county.ToHashSet());
        Assert.DoesNotContain(province.ZhengdingJunior.Code, county);
        Assert.Contains(province.ZhengdingJunior.Code, await CodesAsync(Roles.CitySupervisor, province.Shijiazhuang));
        Assert.DoesNotContain(province.LianchiVocational.Code, await CodesAsync(Roles.CitySupervisor, province.Shijiazhuang));
        Assert.Contains(province.LianchiVocational.Code, await CodesAsync(Roles.ProvinceOwner, province.Root));
        using var nobody = fixture.Host.CreateClient(Guid.CreateVersion7(fixture.Now));
        Assert.Equal(0, (await ListAsync(nobody, "")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Get_Filters_NarrowTheList()
    {
        var province = fixture.Province;
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, province.Root);
        Assert.All(Items(await ListAsync(owner, "&level=county")), r => Assert.Equal("county", r.GetProperty("level").GetString()));
        Assert.All(Items(await ListAsync(owner, $"&organisationId={province.Baoding.Id}")), r => Assert.StartsWith(province.Baoding.Path, r.GetProperty("organisation").GetProperty("path").GetString(), StringComparison.Ordinal));
        Assert.Equal(province.LianchiVocational.Code, Assert.Single(Items(await ListAsync(owner, $"&search={province.LianchiVocational.Code}"))).GetProperty("organisation").GetProperty("code").GetString());
        Assert.Contains(Items(await ListAsync(owner, "&search=定州市")), r => r.GetProperty("organisation").GetProperty("nameZh").GetString() == "定州市");
        Assert.Contains(Items(await ListAsync(owner, "&search=dingzhou")), r => r.GetProperty("organisation").GetProperty("nameZh").GetString() == "定州市");
        Assert.Empty(Items(await ListAsync(owner, "&search=100%25")));
        Assert.Empty(Items(await ListAsync(owner, "&search=_____________________________")));
    }

    [Fact]
    public async Task Get_Pages_ComeInOneOrder()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var all = Items(await ListAsync(owner, "&pageSize=500")).Select(r => r.GetProperty("id").GetGuid()).ToList();
        var (first, second) = (Items(await ListAsync(owner, "&page=1&pageSize=4")), Items(await ListAsync(owner, "&page=2&pageSize=4")));
        Assert.Equal(all.Take(8), first.Concat(second).Select(r => r.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task Get_EachState_FindsItsReports()
    {
        var desk = await fixture.DeskAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        foreach (var state in new[] { "not-started", "in-progress", "submitted", "returned", "approved", "accepted" })
        {
            var found = Items(await ListAsync(owner, $"&state={state}", desk.CycleId));
            Assert.Equal(state == "not-started", found.Count > 0);
        }

        await desk.SavedAsync(("boarders", "1"));
        var report = Assert.Single(Items(await ListAsync(owner, "&state=in-progress", desk.CycleId)));
        Assert.Equal((desk.School.Code, "in-progress"), (report.GetProperty("organisation").GetProperty("code").GetString(), report.GetProperty("state").GetString()));
    }

    /// <summary>Checked and marked complete is not submitted: the county sees who forgot to sign, and nobody once it is done.</summary>
    [Fact]
    public async Task Get_Unsigned_FindsWhatIsCompleteAndNotSigned()
    {
        var desk = await fixture.DeskAsync();
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Empty(Items(await ListAsync(reviewer, "&unsigned=true", desk.CycleId)));
        await desk.CompletedAsync();
        Assert.Equal(desk.School.Code, Assert.Single(Items(await ListAsync(reviewer, "&unsigned=true&level=school", desk.CycleId))).GetProperty("organisation").GetProperty("code").GetString());
        using var neighbour = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        Assert.Empty(Items(await ListAsync(neighbour, "&unsigned=true", desk.CycleId)));
        await desk.SubmittedAsync();
        Assert.Empty(Items(await ListAsync(reviewer, "&unsigned=true", desk.CycleId)));
    }

    [Fact]
    public async Task Get_DraftNumbers_AreTheSchoolsOwn()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "1"));
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var above = Module(Items(await ListAsync(reviewer, $"&search={desk.School.Code}", desk.CycleId))[0]);
        Assert.Equal(("draft", JsonValueKind.Null, JsonValueKind.Null), (above.GetProperty("state").GetString(), above.GetProperty("errors").ValueKind, above.GetProperty("completion").ValueKind));
        var own = Module(Items(await ListAsync(desk.Reporter, "", desk.CycleId))[0]);
        Assert.True(own.GetProperty("errors").GetInt32() > 0);
        Assert.Equal(2, own.GetProperty("version").GetInt32());

        static JsonElement Module(JsonElement report) => report.GetProperty("modules").EnumerateArray().Single(m => m.GetProperty("key").GetString() == "basic-information");
    }

    [Fact]
    public async Task Get_UnknownStateOrOrganisation_IsRefused()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var state = await owner.GetAsync("/api/reporting/reports?state=burning");
        await RefusedAsync(state, 400, "GEN-0010");
        using var organisation = await owner.GetAsync($"/api/reporting/reports?organisationId={Guid.CreateVersion7(fixture.Now)}");
        await RefusedAsync(organisation, 404, "GEN-0006");
        // What is foreign is answered as what does not exist.
        using var stranger = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Lianchi);
        using var foreign = await stranger.GetAsync($"/api/reporting/reports?organisationId={fixture.Province.Changan.Id}");
        await RefusedAsync(foreign, 404, "GEN-0006");
        using var nul = await owner.GetAsync("/api/reporting/reports?level=a%00b");
        await RefusedAsync(nul, 400, "GEN-0010");
        using var noId = await owner.GetAsync("/api/reporting/reports?cycleId=17");
        await RefusedAsync(noId, 400, "GEN-0010");
    }

    private async Task<List<string?>> CodesAsync(string role, Organisation at)
    {
        using var client = await fixture.ClientAsync(role, at);
        return [.. Items(await ListAsync(client, "&pageSize=500")).Select(r => r.GetProperty("organisation").GetProperty("code").GetString())];
    }

    private async Task<JsonElement> ListAsync(HttpClient client, string filter, Guid? cycleId = null)
    {
        using var response = await client.GetAsync($"/api/reporting/reports?cycleId={cycleId ?? fixture.CycleId}{filter}");
        return await BodyAsync(response);
    }

    private static List<JsonElement> Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];
}
