using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Checks;
using Gengdu.Reporting.ModuleReports;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>What an approver signs, and until when.</summary>
public sealed class SignatureTests(MovedClockFixture fixture) : IClassFixture<MovedClockFixture>
{
    private const string Key = "signature-0001";

    [Fact]
    public async Task Post_Statement_IsKeptWithItsVersion_AndTheCheckCodeIsTheRevisions()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using var response = await desk.SubmitAsync(desk.Approver, (await desk.RowAsync()).Version, Key, new { statement = true, statementVersion = TestPack.Programme.Statement.Version });
        var receipt = await BodyAsync(response, 201);
        var revision = await fixture.Host.InDatabaseAsync(db => db.Revisions.SingleAsync(r => r.ModuleReportId == desk.Id));
        Assert.Equal((TestPack.Programme.Statement.Version, revision.CheckCode), (receipt.GetProperty("statementVersion").GetString(), receipt.GetProperty("checkCode").GetString()));
        Assert.Equal((revision.StatementVersion, revision.CheckCode), (TestPack.Programme.Statement.Version, CheckCode.Read(revision.CheckCode)));
        using var seen = await desk.Approver.GetAsync($"{desk.Address}/revisions/1");
        Assert.Equal((revision.CheckCode, revision.StatementVersion), ((await BodyAsync(seen)).GetProperty("checkCode").GetString(), (await BodyAsync(seen)).GetProperty("statementVersion").GetString()));
    }

    /// <summary>Opened in time, signed too late: the page knew until when by the server's clock; what was filled in stays, and an extension lets it through unchanged.</summary>
    [Fact]
    public async Task Post_DeadlineWhileThePageIsOpen_GraceIsTaken_AfterItNothingIsLost()
    {
        var desk = await fixture.DeskAsync(cycle: c => (c["opensAt"], c["deadlines"]!["school"], c["graceMinutes"]) = (fixture.Now.AddDays(-3), fixture.Now.AddMinutes(-5), 10));
        await desk.CompletedAsync();
        var opened = await desk.ReadAsync(desk.Approver);
        var (until, serverTime) = (opened.GetProperty("submitUntil").GetDateTimeOffset(), opened.GetProperty("serverTime").GetDateTimeOffset());
        Assert.Equal((fixture.Now, opened.GetProperty("dueAt").GetDateTimeOffset().AddMinutes(10), true), (serverTime, until, until > serverTime));
        Assert.True(opened.GetProperty("permitted").GetProperty("submit").GetProperty("allowed").GetBoolean());
        var before = await desk.RowAsync();

        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await desk.SubmitAsync(desk.Approver, before.Version, Key + "-late");
        await RefusedAsync(late, 409, "RPT-0311");
        var after = await desk.RowAsync();
        Assert.Equal((before.Values, before.Version, ModuleReportState.Complete), (after.Values, after.Version, after.State));

        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var extension = await reviewer.PostAsJsonAsync($"/api/reporting/cycles/{desk.CycleId}/extensions", new { organisationId = desk.School.Id, until = fixture.Now.AddHours(1), reason = "停电" });
        await BodyAsync(extension, 201);
        using var taken = await desk.SubmitAsync(desk.Approver, before.Version, Key + "-late");
        await BodyAsync(taken, 201);
    }

    [Fact]
    public async Task Post_TwoApproversAtOnce_OneReceiptIsGiven()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var version = (await desk.RowAsync()).Version;
        using var colleague = await fixture.ClientAsync(Roles.Approver, desk.School);
        var responses = await Task.WhenAll(desk.SubmitAsync(desk.Approver, version, Key + "-two"), desk.SubmitAsync(colleague, version, Key + "-two"));
        Assert.Single(responses, r => (int)r.StatusCode == 201);
        Assert.Single(responses, r => (int)r.StatusCode is 409 or 412);
        Assert.Equal(1, await fixture.Host.InDatabaseAsync(db => db.Revisions.CountAsync(r => r.ModuleReportId == desk.Id)));
    }
}
