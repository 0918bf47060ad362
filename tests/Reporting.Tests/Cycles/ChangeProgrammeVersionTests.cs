using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class ChangeProgrammeVersionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Preview_ShowsDifferencesAndCounts_AndChangesNothing()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "4"));
        var version = await NewerPack.MildAsync(fixture);
        using var owner = await OwnerAsync();
        using var response = await ChangeAsync(owner, desk.CycleId, null, new { programmeVersion = version, reason = "" }, preview: true);
        var shown = await BodyAsync(response);

        Assert.Equal((TestPack.Programme.Version, version), (shown.GetProperty("fromVersion").GetString(), shown.GetProperty("toVersion").GetString()));
        var module = Assert.Single(shown.GetProperty("differences").EnumerateArray());
        Assert.Equal(("basic-information", "changed"), (module.GetProperty("key").GetString(), module.GetProperty("kind").GetString()));
        var fields = module.GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("key").GetString()!);
        Assert.Equal(["boarders", "labor_bases", "town_code"], fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("changed", true), (fields["boarders"].GetProperty("kind").GetString(), fields["boarders"].GetProperty("carries").GetBoolean()));
        var bounds = Assert.Single(fields["boarders"].GetProperty("changes").EnumerateArray());
        Assert.Equal("bounds", bounds.GetProperty("what").GetString());
        Assert.EndsWith("9000", bounds.GetProperty("after").GetProperty("zh").GetString(), StringComparison.Ordinal);
        Assert.Equal(("added", "removed"), (fields["labor_bases"].GetProperty("kind").GetString(), fields["town_code"].GetProperty("kind").GetString()));
        var counts = shown.GetProperty("moduleReports").EnumerateArray().ToDictionary(c => c.GetProperty("state").GetString()!, c => c.GetProperty("count").GetInt32());
        Assert.Equal(1, counts["draft"]);
        Assert.True(counts["not-started"] > 1);

        Assert.Equal(TestPack.Programme.Version, (await ReadCycleAsync(owner, desk.CycleId)).Cycle.GetProperty("programmeVersion").GetString());
        Assert.Empty(await fixture.Host.InDatabaseAsync(db => db.ProgrammeChanges.Where(c => c.CycleId == desk.CycleId).ToListAsync()));
    }

    [Fact]
    public async Task Change_UntouchedReportsFollowAtOnce_WorkInHandKeepsItsForm_AndEverybodyReadsWhy()
    {
        var desk = await fixture.DeskAsync();
        await desk.SavedAsync(("boarders", "4"));
        var untouched = await fixture.ModuleAsync(fixture.Province.ChanganNineYear, "basic-information", desk.CycleId);
        var version = await NewerPack.MildAsync(fixture);
        using var owner = await OwnerAsync();
        var changed = await ChangedAsync(owner, desk.CycleId, version, reason: "town codes are no longer needed");

        Assert.Equal((version, TestPack.Programme.Version), (changed.Cycle.GetProperty("programmeVersion").GetString(), changed.Cycle.GetProperty("openedWith").GetString()));
        Assert.True(changed.Answer.GetProperty("moved").GetInt32() > 0);
        var draft = await desk.ReadAsync();
        Assert.Equal((TestPack.Programme.Version, version), (draft.GetProperty("programmeVersion").GetString(), draft.GetProperty("newerForm").GetProperty("programmeVersion").GetString()));
        using var colleague = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganNineYear);
        using var read = await colleague.GetAsync($"/api/reporting/module-reports/{untouched.Id}");
        var fresh = await BodyAsync(read);
        Assert.Equal((version, untouched.Version + 1), (fresh.GetProperty("programmeVersion").GetString(), fresh.GetProperty("version").GetInt64()));
        Assert.Equal(JsonValueKind.Null, fresh.GetProperty("newerForm").ValueKind);

        var told = await fixture.Host.Events.WaitForAsync<CycleProgrammeChanged>(e => e.CycleId == desk.CycleId);
        Assert.Equal((version, 1), (told.ProgrammeVersion, told.Number));
        using var log = await colleague.GetAsync($"/api/reporting/cycles/{desk.CycleId}/programme-versions");
        Assert.Equal("town codes are no longer needed", (await BodyAsync(log)).GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Contains(await fixture.Host.AuditOfAsync(desk.CycleId), act => act.Act == "cycle.programme-changed");
    }

    /// <summary>Typing that is under way on the old form while the cycle changes is not taken for typing on the new one.</summary>
    [Fact]
    public async Task Change_WhileSomebodyTypes_TheSaveComesAgainAndSaysItsForm()
    {
        var desk = await fixture.DeskAsync();
        var before = (await desk.RowAsync()).Version;
        var version = await NewerPack.MildAsync(fixture);
        using var owner = await OwnerAsync();
        await ChangedAsync(owner, desk.CycleId, version);
        using var stale = await desk.SaveAsync(desk.Reporter, before, ("town_code", "\"130102001001\""), ("boarders", "7"));
        await RefusedAsync(stale, 412, "GEN-0007");

        var body = new System.Text.Json.Nodes.JsonObject
        {
            ["programmeVersion"] = TestPack.Programme.Version,
            ["changes"] = System.Text.Json.Nodes.JsonNode.Parse("""[{"at":"town_code","value":"130102001001"},{"at":"boarders","value":7},{"at":"staff_total","value":"many"}]"""),
        };
        using var again = await desk.PatchAsync(desk.Reporter, before + 1, body);
        Assert.Equal(["town_code", "staff_total"], (await BodyAsync(again)).GetProperty("setAside").EnumerateArray().Select(at => at.GetString()));
        var read = await desk.ReadAsync();
        Assert.Equal((version, 7), (read.GetProperty("programmeVersion").GetString(), read.GetProperty("values").GetProperty("boarders").GetInt32()));
        Assert.Equal(("town_code", "130102001001", TestPack.Programme.Version), Aside(read.GetProperty("setAside")[0]));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal(0, (await desk.ReadAsync(county)).GetProperty("setAside").GetArrayLength());
    }

    [Fact]
    public async Task Change_ModuleGone_IsRefusedAndSaysWhichAndWhy()
    {
        var desk = await fixture.DeskAsync();
        var version = await NewerPack.WithoutModuleAsync(fixture, "county-department");
        using var owner = await OwnerAsync();
        using var refused = await ChangeAsync(owner, desk.CycleId, (await ReadCycleAsync(owner, desk.CycleId)).Tag, new { programmeVersion = version, reason = "shorter" });
        var problem = await RefusedAsync(refused, 409, "RPT-0282");
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(("modules/county-department", "module-removed"), (error.GetProperty("at").GetString(), error.GetProperty("code").GetString()));
        Assert.Equal(TestPack.Programme.Version, (await ReadCycleAsync(owner, desk.CycleId)).Cycle.GetProperty("programmeVersion").GetString());
    }

    [Fact]
    public async Task Change_OthersOldFormsAndLooseEnds_AreRefused()
    {
        var cycleId = await fixture.OpenCycleAsync();
        var version = await NewerPack.MildAsync(fixture);
        using var owner = await OwnerAsync();
        var (_, tag) = await ReadCycleAsync(owner, cycleId);
        var fine = new { programmeVersion = version, reason = "a reason" };
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await RefusedAsync(await ChangeAsync(county, cycleId, tag, fine), 403, "GEN-0005");
        await RefusedAsync(await ChangeAsync(owner, cycleId, null, fine), 428, "GEN-0008");
        await RefusedAsync(await ChangeAsync(owner, cycleId, "\"v1\"", fine), 412, "GEN-0007");
        await RefusedAsync(await ChangeAsync(owner, cycleId, tag, new { programmeVersion = version, reason = " " }), 422, "GEN-0011");
        await RefusedAsync(await ChangeAsync(owner, cycleId, tag, new { programmeVersion = version, reason = "late", requiredBy = fixture.Now.AddMinutes(-1) }), 422, "GEN-0011");
        await RefusedAsync(await ChangeAsync(owner, cycleId, tag, new { programmeVersion = NewerPack.NeverPublished, reason = "unknown" }), 404, "RPT-0101");
        await RefusedAsync(await ChangeAsync(owner, cycleId, tag, new { programmeVersion = TestPack.Programme.Version, reason = "same" }), 409, "RPT-0280");
        var older = await NewerPack.PublishAsync(fixture, _ => { }, earlier: TimeSpan.FromDays(4000));
        await RefusedAsync(await ChangeAsync(owner, cycleId, tag, new { programmeVersion = older, reason = "back" }), 409, "RPT-0281");
        var planned = await fixture.CreateCycleAsync();
        await RefusedAsync(await ChangeAsync(owner, planned, (await ReadCycleAsync(owner, planned)).Tag, fine), 409, "RPT-0203");
    }

    internal static async Task<(JsonElement Cycle, string Tag)> ReadCycleAsync(HttpClient client, Guid cycleId)
    {
        using var response = await client.GetAsync($"/api/reporting/cycles/{cycleId}");
        return (await BodyAsync(response), response.Headers.ETag!.ToString());
    }

    internal static async Task<(JsonElement Answer, JsonElement Cycle)> ChangedAsync(HttpClient owner, Guid cycleId, string version, string reason = "a better form", DateTimeOffset? requiredBy = null)
    {
        using var response = await ChangeAsync(owner, cycleId, (await ReadCycleAsync(owner, cycleId)).Tag, new { programmeVersion = version, reason, requiredBy });
        return (await BodyAsync(response), (await ReadCycleAsync(owner, cycleId)).Cycle);
    }

    private static async Task<HttpResponseMessage> ChangeAsync(HttpClient client, Guid cycleId, string? tag, object body, bool preview = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/reporting/cycles/{cycleId}/programme-version{(preview ? "?preview=true" : "")}") { Content = JsonContent.Create(body) };
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return await client.SendAsync(request);
    }

    private Task<HttpClient> OwnerAsync() => fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);

    private static (string?, string?, string?) Aside(JsonElement cell) =>
        (cell.GetProperty("at").GetString(), cell.GetProperty("value").GetString(), cell.GetProperty("programmeVersion").GetString());
}
