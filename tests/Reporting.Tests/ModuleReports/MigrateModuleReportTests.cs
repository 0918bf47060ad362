using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Tests.Cycles;
using Gengdu.TestKit;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class MigrateModuleReportTests(MovedClockFixture fixture) : IClassFixture<MovedClockFixture>
{
    [Fact]
    public async Task Preview_ThenMigration_CarriesWhatStands_AndSetsTheRestAside()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        await desk.SavedAsync(("town_code", "\"130102001001\""));
        var version = await ChangeAsync(desk, await NewerPack.StrictAsync(fixture));
        var before = await desk.RowAsync();
        var preview = await MigrateAsync(desk, preview: true);
        Assert.Equal((before.Version, before.Values), ((await desk.RowAsync()).Version, (await desk.RowAsync()).Values));
        Assert.Equal("a better form", preview.GetProperty("reason").GetString());
        Assert.Equal(["campus_area", "town_code"], Aside(preview));

        var migrated = await MigrateAsync(desk);
        Assert.Equal(["campus_area", "town_code"], Aside(migrated));
        var read = await desk.ReadAsync();
        Assert.Equal(version, read.GetProperty("programmeVersion").GetString());
        Assert.Equal(JsonValueKind.Null, read.GetProperty("newerForm").ValueKind);
        Assert.False(read.GetProperty("values").TryGetProperty("campus_area", out _));
        Assert.Equal(10, read.GetProperty("values").GetProperty("boarders").GetInt32());
        Assert.Equal(before.Version + 1, read.GetProperty("version").GetInt64());
        var kept = read.GetProperty("setAside").EnumerateArray().ToDictionary(cell => cell.GetProperty("at").GetString()!);
        Assert.Equal(12345, kept["campus_area"].GetProperty("value").GetInt32());
        Assert.Equal("130102001001", kept["town_code"].GetProperty("value").GetString());
        Assert.Contains(read.GetProperty("results").EnumerateArray(), r => r.GetProperty("rule").GetString() == "N01");
        Assert.Contains(await fixture.Host.AuditOfAsync(desk.Id), act => act.Act == "module-report.migrated");
        using var twice = await PostAsync(desk, read.GetProperty("version").GetInt64());
        await RefusedAsync(twice, 409, "RPT-0284");
    }

    [Fact]
    public async Task Migration_OfACompleteOne_StaysCompleteOrBecomesADraft_AsTheNewRulesSay()
    {
        var stays = await fixture.DeskAsync();
        await stays.CompletedAsync();
        await ChangeAsync(stays, await NewerPack.MildAsync(fixture));
        Assert.Equal("complete", (await MigrateAsync(stays)).GetProperty("state").GetString());
        var (row, reporter) = (await stays.RowAsync(), (await stays.RowAsync()).LastEditedBy);
        Assert.Equal((ModuleReportState.Complete, reporter), (row.State, row.LastEditedBy));

        var blocked = await fixture.DeskAsync();
        await blocked.CompletedAsync();
        await ChangeAsync(blocked, await NewerPack.StrictAsync(fixture));
        Assert.Equal("draft", (await MigrateAsync(blocked)).GetProperty("state").GetString());
        Assert.Equal(ModuleReportState.Draft, (await blocked.RowAsync()).State);
    }

    [Fact]
    public async Task OldForm_IsSignedUntilTheDate_ThenRefusedUntilTheNewOneIsTaken_AndTheRevisionSaysItsForm()
    {
        var before = await fixture.DeskAsync();
        await before.CompletedAsync();
        var late = await fixture.DeskAsync();
        await late.CompletedAsync();
        var version = await NewerPack.MildAsync(fixture);
        await ChangeAsync(before, version);
        var receipt = await before.SubmittedAsync();
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportSubmitted>(e => e.ModuleReportId == before.Id);
        Assert.Equal(TestPack.Programme.Version, told.ProgrammeVersion);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var revision = await county.GetAsync($"{before.Address}/revisions/{receipt.GetProperty("revision").GetInt32()}");
        Assert.Equal(TestPack.Programme.Version, (await BodyAsync(revision)).GetProperty("programmeVersion").GetString());
        using var signed = await PostAsync(before, (await before.RowAsync()).Version);
        await RefusedAsync(signed, 409, "RPT-0285");

        await ChangeAsync(late, version, requiredBy: fixture.Now.AddHours(1));
        fixture.Host.Clock.Advance(TimeSpan.FromHours(2));
        using var refused = await late.SubmitAsync(late.Approver, (await late.RowAsync()).Version, "late-on-the-old-form");
        await RefusedAsync(refused, 409, "RPT-0283");
        Assert.False((await late.ReadAsync(late.Approver)).GetProperty("permitted").GetProperty("submit").GetProperty("allowed").GetBoolean());
        Assert.Equal("complete", (await MigrateAsync(late)).GetProperty("state").GetString());
        await late.SubmittedAsync();
        var then = await fixture.Host.Events.WaitForAsync<ModuleReportSubmitted>(e => e.ModuleReportId == late.Id);
        Assert.Equal(version, then.ProgrammeVersion);
    }

    [Fact]
    public async Task Migration_IsForTheOwnPeople_AndAsksForTheVersionRead()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        await ChangeAsync(desk, await NewerPack.MildAsync(fixture));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var foreign = await PostAsync(desk, (await desk.RowAsync()).Version, client: county);
        await RefusedAsync(foreign, 403, "RPT-0309");
        using var stranger = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var outside = await PostAsync(desk, (await desk.RowAsync()).Version, client: stranger);
        await RefusedAsync(outside, 404, "GEN-0006");
        using var stale = await PostAsync(desk, 1);
        await RefusedAsync(stale, 412, "GEN-0007");
        var untouched = await fixture.DeskAsync();
        using var nothing = await PostAsync(untouched, 1);
        await RefusedAsync(nothing, 409, "RPT-0284");
    }

    private async Task<string> ChangeAsync(Desk desk, string version, DateTimeOffset? requiredBy = null)
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await ChangeProgrammeVersionTests.ChangedAsync(owner, desk.CycleId, version, requiredBy: requiredBy);
        return version;
    }

    private static async Task<JsonElement> MigrateAsync(Desk desk, bool preview = false)
    {
        using var response = await PostAsync(desk, (await desk.RowAsync()).Version, preview);
        return await BodyAsync(response);
    }

    private static async Task<HttpResponseMessage> PostAsync(Desk desk, long version, bool preview = false, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{desk.Address}/migration{(preview ? "?preview=true" : "")}");
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
        return await (client ?? desk.Reporter).SendAsync(request);
    }

    private static IEnumerable<string?> Aside(JsonElement answer) =>
        answer.GetProperty("setAside").EnumerateArray().Select(cell => cell.GetProperty("at").GetString()).Order(StringComparer.Ordinal);
}
