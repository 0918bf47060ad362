using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports.Values;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class GetRevisionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_ByTheOwnPeopleAndTheOwnCounty_ShowsWhatWasSigned_AndTheHashCanBeComputedAgain()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var receipt = await desk.SubmittedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        foreach (var client in new[] { desk.Reporter, desk.Approver, county })
        {
            using var response = await client.GetAsync($"{desk.Address}/revisions/1");
            var revision = await BodyAsync(response);
            var values = revision.GetProperty("values");
            Assert.Equal((10, "13800001111", false), (values.GetProperty("boarders").GetInt32(), values.GetProperty("principal_phone").GetString(), revision.GetProperty("masked").GetBoolean()));
            var seal = new PersonalSeal(Convert.FromHexString(revision.GetProperty("salt").GetString()!));
            Assert.Equal(receipt.GetProperty("contentHash").GetString(), HashOf(desk, revision, seal));
        }
    }

    [Fact]
    public async Task Get_WithARemarkAndAMark_ShowsThemToTheReviewer_AndTheyWereSigned()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        using var kept = await desk.PatchAsync(desk.Reporter, (await desk.RowAsync()).Version, new()
        {
            ["changes"] = new JsonArray(),
            ["explanations"] = new JsonArray(new JsonObject { ["rule"] = "remark", ["at"] = "boarders", ["text"] = "含九月转入学生" }, new JsonObject { ["rule"] = "follow-up", ["at"] = "boarders", ["text"] = "⚑" }),
        });
        using var completed = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        var receipt = await desk.SubmittedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await county.GetAsync($"{desk.Address}/revisions/1");
        var revision = await BodyAsync(response);

        Assert.Equal("含九月转入学生", revision.GetProperty("explanations").EnumerateArray().Single(e => e.GetProperty("rule").GetString() == "remark").GetProperty("text").GetString());
        Assert.Contains(revision.GetProperty("explanations").EnumerateArray(), e => (e.GetProperty("rule").GetString(), e.GetProperty("text").GetString()) == ("follow-up", "⚑"));
        Assert.Equal(receipt.GetProperty("contentHash").GetString(), HashOf(desk, revision, new PersonalSeal(Convert.FromHexString(revision.GetProperty("salt").GetString()!))));
    }

    [Fact]
    public async Task Get_AboveTheOwnCounty_MasksPersonalCellsOnly_AndTheHashCanStillBeComputed()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var receipt = await desk.SubmittedAsync();
        foreach (var (role, at) in new[] { (Roles.CitySupervisor, fixture.Province.Shijiazhuang), (Roles.ProvinceOwner, fixture.Province.Root) })
        {
            using var client = await fixture.ClientAsync(role, at);
            using var response = await client.GetAsync($"{desk.Address}/revisions/1");
            var revision = await BodyAsync(response);
            var values = revision.GetProperty("values");
            Assert.Equal((10, true, JsonValueKind.Null), (values.GetProperty("boarders").GetInt32(), revision.GetProperty("masked").GetBoolean(), revision.GetProperty("salt").ValueKind));
            foreach (var cell in new[] { "principal_name", "principal_phone", "contact_name", "contact_phone" })
            {
                Assert.Equal(["masked", "digest"], values.GetProperty(cell).EnumerateObject().Select(m => m.Name));
            }

            foreach (var secret in new[] { "张立", "李敏", "13800001111", "13800002222" })
            {
                Assert.DoesNotContain(secret, revision.GetRawText(), StringComparison.Ordinal);
            }

            Assert.Equal(receipt.GetProperty("contentHash").GetString(), HashOf(desk, revision, new(null)));
        }
    }

    /// <summary>A county's right given at a higher place does not unmask: the phone is for those who know the school.</summary>
    [Fact]
    public async Task Get_ByACountyReviewerOfTheCity_IsMasked_InDingzhouCityAndCountyAreOne()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var above = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Shijiazhuang);
        using var masked = await above.GetAsync($"{desk.Address}/revisions/1");
        Assert.True((await BodyAsync(masked)).GetProperty("masked").GetBoolean());

        var dingzhou = await fixture.DeskAsync(fixture.Province.DingzhouPrimary);
        await dingzhou.CompletedAsync();
        await dingzhou.SubmittedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Dingzhou);
        using var whole = await county.GetAsync($"{dingzhou.Address}/revisions/1");
        Assert.False((await BodyAsync(whole)).GetProperty("masked").GetBoolean());
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Dingzhou);
        using var cityMasked = await city.GetAsync($"{dingzhou.Address}/revisions/1");
        Assert.True((await BodyAsync(cityMasked)).GetProperty("masked").GetBoolean());
    }

    [Fact]
    public async Task Get_ByAnAdministratorOrAStranger_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        using var forbidden = await administrator.GetAsync($"{desk.Address}/revisions/1");
        await RefusedAsync(forbidden, 403, "GEN-0005");
        using var neighbour = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var outside = await neighbour.GetAsync($"{desk.Address}/revisions/1");
        await RefusedAsync(outside, 404, "GEN-0006");
    }

    [Fact]
    public async Task Get_UnknownNumber_IsNotFound()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.Reporter.GetAsync($"{desk.Address}/revisions/1");
        await RefusedAsync(response, 404, "RPT-0317");
    }

    // As docs/adr/0008 describes it, from what the API gives.
    private static string HashOf(Desk desk, JsonElement revision, PersonalSeal seal)
    {
        var content = new JsonObject
        {
            ["values"] = JsonObject.Create(seal.ForHash(TestPack.Basic, revision.GetProperty("values"))),
            ["explanations"] = JsonArray.Create(revision.GetProperty("explanations")),
            ["moduleReportId"] = revision.GetProperty("moduleReportId").GetString(),
            ["revision"] = revision.GetProperty("revision").GetInt32(),
            ["cycleId"] = desk.CycleId,
            ["organisationId"] = desk.School.Id,
            ["programmeKey"] = "labor-education",
            ["programmeVersion"] = TestPack.Programme.Version,
            ["moduleKey"] = "basic-information",
        };
        return CanonicalJson.Sha256(JsonElement.Parse(content.ToJsonString()));
    }
}
