using System.Text.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class GetModuleReportTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_NotStarted_ShowsMasterDataContextAndWhatIsPermitted()
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.Reporter.GetAsync(desk.Address);
        var module = await BodyAsync(response);
        Assert.Equal("\"v1\"", response.Headers.ETag!.ToString());
        Assert.Equal(("not-started", "basic-information", "labor-education", "school"), (Text(module, "state"), Text(module, "moduleKey"), Text(module, "programmeKey"), Text(module, "level")));
        Assert.Equal((desk.School.Code, desk.School.NameZh), (Text(module.GetProperty("values"), "school_code"), Text(module.GetProperty("values"), "school_name")));
        Assert.Equal("130102", Text(module.GetProperty("values"), "region_code"));
        var (school, period) = (module.GetProperty("context").GetProperty("school"), module.GetProperty("context").GetProperty("period"));
        Assert.Equal(("primary", "primary", 6), (Text(school, "type"), school.GetProperty("stages")[0].GetString(), school.GetProperty("grades").GetArrayLength()));
        Assert.Equal(("2026-09-15", "2026-09-01", "2027-08-31"), (Text(period, "today"), Text(period, "academicYearStart"), Text(period, "academicYearEnd")));
        Assert.Equal((true, false, false, false), Permitted(module));
        Assert.Equal(fixture.Now.AddDays(30), module.GetProperty("dueAt").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, module.GetProperty("return").ValueKind);
    }

    [Fact]
    public async Task Get_EachState_PermitsWhatTheActsTake_WithReasonsInBothLanguages()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        Assert.Equal((true, true, false, false), Permitted(await desk.ReadAsync()));
        await CompleteAsync(desk);
        Assert.Equal((false, false, true, false), Permitted(await desk.ReadAsync()));
        Assert.Equal((false, false, true, true), Permitted(await desk.ReadAsync(desk.Approver)));
        await desk.SubmittedAsync();
        var submitted = await desk.ReadAsync(desk.Approver);
        Assert.Equal((false, false, false, false), Permitted(submitted));
        var reason = submitted.GetProperty("permitted").GetProperty("edit").GetProperty("reason");
        Assert.NotEqual(Text(reason, "zh"), Text(reason, "en"));
        Assert.Equal((1, fixture.Now), (submitted.GetProperty("revision").GetInt32(), submitted.GetProperty("submittedAt").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Get_AboveTheSchool_SeesTheStateButNoDraft()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "77"));
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var module = await desk.ReadAsync(reviewer);
        Assert.Equal("draft", Text(module, "state"));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null),
            (module.GetProperty("values").ValueKind, module.GetProperty("relatedValues").ValueKind, module.GetProperty("completion").ValueKind));
        Assert.Equal((0, 0), (module.GetProperty("results").GetArrayLength(), module.GetProperty("explanations").GetArrayLength()));
        Assert.Equal((false, false, false, false), Permitted(module));
        Assert.DoesNotContain("77", module.GetRawText().Replace(desk.Id.ToString(), "", StringComparison.Ordinal).Split("\"permitted\"")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ReasonOfAReturn_IsReadByThoseWhoMayReadTheCell()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var returned = ModuleReportReturnedConsumerTests.Returned(await desk.RowAsync(), 2, fixture.Now);
        await fixture.Host.Events.DeliverAsync(returned with
        {
            Reasons = [.. returned.Reasons, returned.Reasons[0] with { At = "principal_phone", Text = "13800001111 空号" }],
        });
        var province = fixture.Province;
        foreach (var (role, at, texts) in new[]
        {
            (Roles.Reporter, desk.School, new[] { returned.Reasons[0].Text, "13800001111 空号" }),
            (Roles.CountyReviewer, province.Changan, [returned.Reasons[0].Text, "13800001111 空号"]),
            (Roles.CitySupervisor, province.Shijiazhuang, [returned.Reasons[0].Text, "•••"]),
            (Roles.ProvinceOwner, province.Root, [returned.Reasons[0].Text, "•••"]),
            (Roles.Administrator, province.Changan, []),
        })
        {
            using var client = await fixture.ClientAsync(role, at);
            var notice = (await desk.ReadAsync(client)).GetProperty("return");
            Assert.Equal(texts, notice.ValueKind == JsonValueKind.Null ? [] : notice.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("text").GetString()!).ToArray());
        }
    }

    [Fact]
    public async Task Get_OutsideTheSubtreeOrUnknown_IsNotFound()
    {
        var desk = await fixture.DeskAsync();
        using var other = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var outside = await other.GetAsync(desk.Address);
        await RefusedAsync(outside, 404, "GEN-0006");
        using var unknown = await desk.Reporter.GetAsync($"/api/reporting/module-reports/{Guid.CreateVersion7(fixture.Now)}");
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var noId = await desk.Reporter.GetAsync("/api/reporting/module-reports/17");
        await RefusedAsync(noId, 404, "GEN-0006");
    }

    private static async Task CompleteAsync(Desk desk)
    {
        using var response = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(response);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static (bool Edit, bool Complete, bool Reopen, bool Submit) Permitted(JsonElement module)
    {
        var permitted = module.GetProperty("permitted");
        foreach (var act in permitted.EnumerateObject())
        {
            Assert.Equal(act.Value.GetProperty("allowed").GetBoolean(), act.Value.GetProperty("reason").ValueKind == JsonValueKind.Null);
        }

        return (Allowed("edit"), Allowed("complete"), Allowed("reopen"), Allowed("submit"));

        bool Allowed(string act) => permitted.GetProperty(act).GetProperty("allowed").GetBoolean();
    }
}
