using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class SaveValuesTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Patch_Cells_AreMergedAndRulesAnswer()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("classes/g1", "2"), ("students/g1", "40"));
        using var response = await desk.SaveAsync(desk.Reporter, 2, ("boarders", "50"), ("classes/g2", "1"));
        var saved = await BodyAsync(response);

        Assert.Equal("\"v3\"", response.Headers.ETag!.ToString());
        Assert.Equal((3, "draft"), (saved.GetProperty("version").GetInt32(), saved.GetProperty("state").GetString()));
        Assert.Equal(fixture.Now, saved.GetProperty("savedAt").GetDateTimeOffset());
        Assert.InRange(saved.GetProperty("completion").GetDouble(), 0.05, 0.6);
        var result = saved.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("rule").GetString() == "E03");
        Assert.Equal(("error", "boarders"), (result.GetProperty("severity").GetString(), result.GetProperty("at")[0].GetString()));
        Assert.Contains("50", result.GetProperty("message").GetProperty("zh").GetString(), StringComparison.Ordinal);
        var values = (await desk.ReadAsync()).GetProperty("values");
        Assert.Equal("""{"g1":2,"g2":1}""", values.GetProperty("classes").GetRawText().Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(desk.School.Code, values.GetProperty("school_code").GetString());
    }

    [Fact]
    public async Task Patch_OutOfRange_IsKeptAndShownAsError()
    {
        var desk = await fixture.DeskAsync();
        var saved = await desk.SavedAsync(("boarders", "-5"));
        Assert.Contains(saved.GetProperty("results").EnumerateArray(), r => r.GetProperty("rule").GetString() == "field:range" && r.GetProperty("at")[0].GetString() == "boarders");
        Assert.Equal(-5, (await desk.ReadAsync()).GetProperty("values").GetProperty("boarders").GetInt32());
    }

    [Fact]
    public async Task Patch_OneCellDoesNotFit_StoresNothing()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.SaveAsync(desk.Reporter, 1, ("staff_total", "40"), ("boarders", "\"twelve\""), ("no_such_field", "1"));
        var problem = await RefusedAsync(response, 422, "RPT-0315");
        Assert.Equal(["boarders", "no_such_field"], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()));
        Assert.Equal((ModuleReportState.NotStarted, 1L, "{}"), ((await desk.RowAsync()).State, (await desk.RowAsync()).Version, (await desk.RowAsync()).Values));
    }

    [Fact]
    public async Task Patch_Explanation_ExplainsItsWarningAndCanBeTakenBack()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        var warned = await desk.SavedAsync([.. desk.School.Grades.Select(g => ($"students/{g}", "80"))]);
        Assert.False(Warning(warned).GetProperty("explained").GetBoolean());
        var at = Warning(warned).GetProperty("at")[0].GetString();

        var explained = await ExplainAsync(desk, at!, "每班均为 40 人，按学籍核对无误。");
        Assert.True(Warning(explained).GetProperty("explained").GetBoolean());
        Assert.Equal(0, (await desk.RowAsync()).Unexplained);
        Assert.Equal("每班均为 40 人，按学籍核对无误。", (await desk.ReadAsync()).GetProperty("explanations")[0].GetProperty("text").GetString());

        Assert.False(Warning(await ExplainAsync(desk, at!, "")).GetProperty("explained").GetBoolean());

        static JsonElement Warning(JsonElement saved) => saved.GetProperty("results").EnumerateArray().Single(r => r.GetProperty("rule").GetString() == "W21");
    }

    [Theory]
    [InlineData("W99", "students", "x", "unknown-rule")]
    [InlineData("E03", "boarders", "x", "unknown-rule")]
    [InlineData("W21", "", "x", "unknown-cell")]
    public async Task Patch_ExplanationOfNoWarning_IsRefused(string rule, string at, string text, string code)
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.PatchAsync(desk.Reporter, 1, Explaining(rule, at, text));
        Assert.Equal(code, (await RefusedAsync(response, 422, "RPT-0315")).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Patch_Remark_StaysAtItsCellAndCanBeTakenBack()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "5"));
        using var kept = await desk.PatchAsync(desk.Reporter, 2, Explaining("remark", "boarders", " 含九月转入学生 3 人 🌾 "));
        Assert.True(kept.IsSuccessStatusCode);
        var words = (await desk.ReadAsync()).GetProperty("explanations")[0];
        Assert.Equal(("remark", "boarders", "含九月转入学生 3 人 🌾"), (words.GetProperty("rule").GetString(), words.GetProperty("at").GetString(), words.GetProperty("text").GetString()));

        using var gone = await desk.PatchAsync(desk.Reporter, 3, Explaining("remark", "boarders", ""));
        Assert.True(gone.IsSuccessStatusCode);
        Assert.Equal(0, (await desk.ReadAsync()).GetProperty("explanations").GetArrayLength());
    }

    [Fact]
    public async Task Patch_MarkToFollowUp_StandsBesideARemark_AndNothingWaitsForIt()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        foreach (var (kind, text) in new[] { ("remark", "含九月转入学生"), ("follow-up", "⚑"), ("follow-up", "等学籍核对后更正") })
        {
            using var kept = await desk.PatchAsync(desk.Reporter, (await desk.RowAsync()).Version, Explaining(kind, "boarders", text));
            Assert.True(kept.IsSuccessStatusCode);
        }

        var words = (await desk.ReadAsync()).GetProperty("explanations").EnumerateArray().Select(one => (one.GetProperty("rule").GetString(), one.GetProperty("text").GetString()));
        Assert.Equal([("follow-up", "等学籍核对后更正"), ("remark", "含九月转入学生")], words.Where(one => one.Item1 is "remark" or "follow-up").Order());
        using var completed = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        Assert.True(completed.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("remark", "no_such_field", "unknown-cell")]
    [InlineData("remark", "principal_name", "personal")]
    [InlineData("follow-up", "no_such_field", "unknown-cell")]
    [InlineData("follow-up", "principal_name", "personal")]
    [InlineData("flag", "boarders", "unknown-rule")]
    public async Task Patch_WordsWhereNoneMayStand_AreRefused(string kind, string at, string code)
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.PatchAsync(desk.Reporter, 1, Explaining(kind, at, "x"));
        var problem = await RefusedAsync(response, 422, "RPT-0315");
        Assert.Equal(code, problem.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Patch_OverlongExplanation_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.PatchAsync(desk.Reporter, 1, Explaining("W21", "students", new string('字', 2001)));
        Assert.Equal("length", (await RefusedAsync(response, 422, "RPT-0315")).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Patch_StaleVersion_Returns412_AndWithoutVersion428()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "1"));
        using var stale = await desk.SaveAsync(desk.Reporter, 1, ("boarders", "2"));
        await RefusedAsync(stale, 412, "GEN-0007");
        using var missing = await desk.SaveAsync(desk.Reporter, null, ("boarders", "2"));
        await RefusedAsync(missing, 428, "GEN-0008");
    }

    [Fact]
    public async Task Patch_TwoAtOnce_OneWinsAndNothingIsLost()
    {
        var desk = await fixture.DeskAsync();
        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => desk.SaveAsync(desk.Reporter, 1, ("boarders", $"{i}"))));
        Assert.Equal((1, 7), (responses.Count(r => r.IsSuccessStatusCode), responses.Count(r => (int)r.StatusCode == 412)));
        Assert.Equal(2, (await desk.RowAsync()).Version);
    }

    [Theory]
    [InlineData("""{"changes":[{"at":"boarders","value":1}""", 400, "GEN-0001")]
    [InlineData("""{"changes":[{"at":"boarders","value":1,"why":"x"}]}""", 400, "GEN-0002")]
    [InlineData("""{"changes":[{"value":1}]}""", 400, "GEN-0001")]
    [InlineData("""{"changes":5}""", 400, "GEN-0001")]
    [InlineData("", 400, "GEN-0010")]
    public async Task Patch_BodyThatCannotBeRead_IsRefused(string body, int status, string code)
    {
        var desk = await fixture.DeskAsync();
        await RefusedAsync(await RawAsync(desk, body), status, code);
        Assert.Equal(1, (await desk.RowAsync()).Version);
    }

    [Fact]
    public async Task Patch_TextFarOverTheCap_StoresNothing()
    {
        var desk = await fixture.DeskAsync();
        await RefusedAsync(await RawAsync(desk, $$"""{"changes":[{"at":"principal_name","value":"{{new string('a', 200_000)}}"}]}"""), 422, "RPT-0315");
        Assert.Equal(1, (await desk.RowAsync()).Version);
    }

    [Fact]
    public async Task Patch_MoreThanAModuleHolds_IsRefusedAndNothingOfItStored()
    {
        var desk = await fixture.DeskAsync();
        var text = $"\"{new string('字', 10_000)}\"";
        (string, string)[] Rows(int from) => [.. Enumerable.Range(from, 10).SelectMany(i => new[] { ($"titles/r{i}/name", text), ($"titles/r{i}/doc_no", text) })];
        await desk.SavedAsync(Rows(0));
        using var response = await desk.SaveAsync(desk.Reporter, 2, Rows(10));
        await RefusedAsync(response, 422, "RPT-0316");
        Assert.Equal(10, (await desk.ReadAsync()).GetProperty("values").GetProperty("titles").GetArrayLength());
    }

    [Fact]
    public async Task Patch_SomeoneElsesReport_IsNotFoundOutsideAndForbiddenAbove()
    {
        var desk = await fixture.DeskAsync();
        using var otherSchool = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ZhengdingJunior);
        using var unknown = await desk.SaveAsync(otherSchool, 1, ("boarders", "1"));
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var forbidden = await desk.SaveAsync(reviewer, 1, ("boarders", "1"));
        await RefusedAsync(forbidden, 403, "RPT-0309");
        using var nobody = fixture.Host.CreateClient();
        using var anonymous = await desk.SaveAsync(nobody, 1, ("boarders", "1"));
        await RefusedAsync(anonymous, 401, "GEN-0004");
    }

    [Fact]
    public async Task Patch_CompleteOrSubmitted_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using var complete = await desk.SaveAsync(desk.Reporter, (await desk.RowAsync()).Version, ("boarders", "1"));
        await RefusedAsync(complete, 409, "RPT-0303");
        await desk.SubmittedAsync();
        using var submitted = await desk.SaveAsync(desk.Reporter, (await desk.RowAsync()).Version, ("boarders", "1"));
        await RefusedAsync(submitted, 409, "RPT-0304");
    }

    [Fact]
    public async Task Patch_BeforeTheOpeningTimeOrAfterClosing_IsRefused()
    {
        var early = await fixture.DeskAsync(cycle: c => c["opensAt"] = fixture.Now.AddHours(1));
        using var tooEarly = await early.SaveAsync(early.Reporter, 1, ("boarders", "1"));
        await RefusedAsync(tooEarly, 409, "RPT-0301");

        var closed = await fixture.DeskAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var closing = await owner.PostAsync($"/api/reporting/cycles/{closed.CycleId}/closing", null);
        await BodyAsync(closing);
        using var tooLate = await closed.SaveAsync(closed.Reporter, 1, ("boarders", "1"));
        await RefusedAsync(tooLate, 409, "RPT-0302");
    }

    [Fact]
    public async Task Patch_AfterTheDeadline_IsStillStored()
    {
        var desk = await fixture.DeskAsync(cycle: c => (c["opensAt"], c["deadlines"]!["school"]) = (fixture.Now.AddDays(-3), fixture.Now.AddDays(-1)));
        Assert.Equal(2, (await desk.SavedAsync(("boarders", "1"))).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Patch_RuleThatReadsAnotherModule_SeesItsValues()
    {
        var curriculum = await fixture.DeskAsync(moduleKey: "curriculum");
        var basic = curriculum with { Id = (await fixture.ModuleAsync(curriculum.School, "basic-information", curriculum.CycleId)).Id };
        await basic.SavedAsync(("students/g1", "30"));
        var saved = await curriculum.SavedAsync(("week_held", "true"), ("week_start", "\"2026-10-12\""), ("week_days", "5"), ("week_participants", "31"));
        Assert.Contains(saved.GetProperty("results").EnumerateArray(), r => r.GetProperty("rule").GetString() == "E14c");
        Assert.Equal(30, (await curriculum.ReadAsync()).GetProperty("relatedValues").GetProperty("students").GetProperty("g1").GetInt32());
    }

    [Fact]
    public async Task Patch_TooManyChanges_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.SaveAsync(desk.Reporter, 1, [.. Enumerable.Repeat(("boarders", "1"), 2001)]);
        await RefusedAsync(response, 422, "GEN-0011");
    }

    private static async Task<JsonElement> ExplainAsync(Desk desk, string at, string text)
    {
        using var response = await desk.PatchAsync(desk.Reporter, (await desk.RowAsync()).Version, Explaining("W21", at, text));
        return await BodyAsync(response);
    }

    private static JsonObject Explaining(string rule, string at, string text) => new()
    {
        ["changes"] = new JsonArray(),
        ["explanations"] = new JsonArray(new JsonObject { ["rule"] = rule, ["at"] = at, ["text"] = text }),
    };

    private static async Task<HttpResponseMessage> RawAsync(Desk desk, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, desk.Address + "/values") { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        return await desk.Reporter.SendAsync(request);
    }
}
