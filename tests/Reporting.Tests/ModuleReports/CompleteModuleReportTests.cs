using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class CompleteModuleReportTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_FilledWithoutFault_IsComplete()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        using var response = await desk.CompleteAsync(desk.Reporter, 2);
        var body = await BodyAsync(response);
        Assert.Equal(("complete", 3, 1.0), (body.GetProperty("state").GetString(), body.GetProperty("version").GetInt32(), body.GetProperty("completion").GetDouble()));
        Assert.Equal("\"v3\"", response.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Post_EmptyModule_NamesEveryMissingCell()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.CompleteAsync(desk.Reporter, 1);
        var errors = (await RefusedAsync(response, 422, "RPT-0310")).GetProperty("errors").EnumerateArray().ToList();
        Assert.Contains(errors, e => e.GetProperty("at").GetString() == "classes/g1" && e.GetProperty("code").GetString() == "required" && e.GetProperty("rule").GetString() == "field:required");
        Assert.Equal(ModuleReportState.NotStarted, (await desk.RowAsync()).State);
    }

    [Fact]
    public async Task Post_ErrorOfARule_NamesCellRuleAndNumbers()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        await desk.SavedAsync(("boarders", "9999"));
        using var response = await desk.CompleteAsync(desk.Reporter, 3);
        var error = Assert.Single((await RefusedAsync(response, 422, "RPT-0310")).GetProperty("errors").EnumerateArray());
        Assert.Equal(("boarders", "E03"), (error.GetProperty("at").GetString(), error.GetProperty("rule").GetString()));
        Assert.Contains("9999", error.GetProperty("messages").GetProperty("en").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_UnexplainedWarning_BlocksUntilItIsExplained()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        await desk.SavedAsync([.. desk.School.Grades.Select(g => ($"students/{g}", "80"))]);
        using var refused = await desk.CompleteAsync(desk.Reporter, 3);
        var error = (await RefusedAsync(refused, 422, "RPT-0310")).GetProperty("errors")[0];
        Assert.Equal(("W21", "unexplained"), (error.GetProperty("rule").GetString(), error.GetProperty("code").GetString()));
        using var explained = await desk.PatchAsync(desk.Reporter, 3, new()
        {
            ["explanations"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["rule"] = "W21", ["at"] = error.GetProperty("at").GetString(), ["text"] = "已按学籍核对，人数属实。" }),
        });
        await BodyAsync(explained);
        using var done = await desk.CompleteAsync(desk.Reporter, 4);
        await BodyAsync(done);
    }

    [Fact]
    public async Task Post_StaleMissingVersionOrStranger_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        using var stale = await desk.CompleteAsync(desk.Reporter, 1);
        await RefusedAsync(stale, 412, "GEN-0007");
        using var missing = await desk.CompleteAsync(desk.Reporter, null);
        await RefusedAsync(missing, 428, "GEN-0008");
        using var reviewer = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var forbidden = await desk.CompleteAsync(reviewer, 2);
        await RefusedAsync(forbidden, 403, "RPT-0309");
        using var outside = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        using var unknown = await desk.CompleteAsync(outside, 2);
        await RefusedAsync(unknown, 404, "GEN-0006");
    }

    [Fact]
    public async Task Post_Twice_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using var again = await desk.CompleteAsync(desk.Reporter, 3);
        await RefusedAsync(again, 409, "RPT-0303");
    }
}
