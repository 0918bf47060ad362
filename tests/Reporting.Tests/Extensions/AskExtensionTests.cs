using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Extensions;

public sealed class AskExtensionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_BySchoolAndByCounty_WaitsForTheLevelAbove()
    {
        var id = await fixture.OpenCycleAsync();
        using var reporter = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await PostAsync(reporter, id, fixture.Province.ChanganPrimary, fixture.Now.AddDays(35));
        var asked = await BodyAsync(response, 201);
        // Two working days after Tuesday, 15 September.
        Assert.Equal(("waiting", false, false, fixture.Now.AddDays(2)), (asked.GetProperty("state").GetString(), asked.GetProperty("late").GetBoolean(), asked.GetProperty("coversSubtree").GetBoolean(), asked.GetProperty("answerBy").GetDateTimeOffset()));
        var told = await fixture.Host.Events.WaitForAsync<ExtensionRequested>(e => e.ExtensionId == asked.GetProperty("id").GetGuid());
        Assert.Equal((id, fixture.Province.ChanganPrimary.Id, fixture.Now.AddDays(35), fixture.Now.AddDays(2), false), (told.CycleId, told.OrganisationId, told.AskedUntil, told.AnswerBy, told.CoversSubtree));
        using var again = await PostAsync(reporter, id, fixture.Province.ChanganPrimary, fixture.Now.AddDays(35));
        await RefusedAsync(again, 409, "RPT-0234");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var whole = await PostAsync(county, id, fixture.Province.Changan, fixture.Now.AddDays(45));
        Assert.True((await BodyAsync(whole, 201)).GetProperty("coversSubtree").GetBoolean());
    }

    [Fact]
    public async Task Post_AfterItsWindow_IsTakenForFiveWorkingDays_WhileTheCycleIsOpen()
    {
        var id = await fixture.OpenCycleAsync(c => (c["opensAt"], c["deadlines"]!["school"]) = (fixture.Now.AddDays(-30), fixture.Now.AddDays(-1)));
        using var reporter = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var taken = await PostAsync(reporter, id, fixture.Province.ChanganPrimary, fixture.Now.AddDays(5));
        Assert.True((await BodyAsync(taken, 201)).GetProperty("late").GetBoolean());

        var older = await fixture.OpenCycleAsync(c => (c["opensAt"], c["deadlines"]!["school"]) = (fixture.Now.AddDays(-30), fixture.Now.AddDays(-9)));
        using var late = await PostAsync(reporter, older, fixture.Province.ChanganPrimary, fixture.Now.AddDays(5));
        await RefusedAsync(late, 409, "RPT-0231");

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var closed = await owner.PostAsync($"/api/reporting/cycles/{older}/closing", null);
        Assert.True(closed.IsSuccessStatusCode);
        using var over = await PostAsync(reporter, older, fixture.Province.ChanganPrimary, fixture.Now.AddDays(5));
        await RefusedAsync(over, 409, "RPT-0230");
    }

    [Fact]
    public async Task Post_ForSomebodyElse_IsNotFoundOutsideAndForbiddenAbove()
    {
        using var reporter = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var foreign = await PostAsync(reporter, fixture.CycleId, fixture.Province.ChanganNineYear, fixture.Now.AddDays(35));
        await RefusedAsync(foreign, 404, "GEN-0006");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var above = await PostAsync(county, fixture.CycleId, fixture.Province.ChanganPrimary, fixture.Now.AddDays(35));
        await RefusedAsync(above, 403, "GEN-0005");
    }

    [Fact]
    public async Task Post_WithoutReasonOrLaterDateOrAnythingOpen_IsRefused()
    {
        var desk = await fixture.DeskAsync(cycle: c => c["moduleKeys"] = new global::System.Text.Json.Nodes.JsonArray("basic-information"));
        using var wordless = await PostAsync(desk.Reporter, desk.CycleId, desk.School, fixture.Now.AddDays(35), " ");
        await RefusedAsync(wordless, 422, "GEN-0011");
        using var earlier = await PostAsync(desk.Reporter, desk.CycleId, desk.School, fixture.Now.AddDays(10));
        Assert.Equal("until", (await RefusedAsync(earlier, 422, "RPT-0232")).GetProperty("errors")[0].GetProperty("at").GetString());
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var done = await PostAsync(desk.Reporter, desk.CycleId, desk.School, fixture.Now.AddDays(35));
        await RefusedAsync(done, 409, "RPT-0233");
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid cycleId, Organisation organisation, DateTimeOffset until, string reason = "连日暴雨停课") =>
        client.PostAsJsonAsync($"/api/reporting/cycles/{cycleId}/extension-requests", new { organisationId = organisation.Id, until, reason });
}
