using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports.Values;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class GetRevisionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_ByTheLineAbove_ShowsWhatWasSigned_AndTheHashCanBeComputedAgain()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var receipt = await desk.SubmittedAsync();
        foreach (var (role, at) in new[] { (Roles.CountyReviewer, fixture.Province.Changan), (Roles.CitySupervisor, fixture.Province.Shijiazhuang), (Roles.ProvinceOwner, fixture.Province.Root) })
        {
            using var client = await fixture.ClientAsync(role, at);
            using var response = await client.GetAsync($"{desk.Address}/revisions/1");
            var revision = await BodyAsync(response);
            Assert.Equal(10, revision.GetProperty("values").GetProperty("boarders").GetInt32());
            Assert.Equal(receipt.GetProperty("contentHash").GetString(), HashOf(desk, revision));
        }
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
    private static string HashOf(Desk desk, JsonElement revision)
    {
        var content = new JsonObject
        {
            ["values"] = JsonObject.Create(revision.GetProperty("values")),
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
