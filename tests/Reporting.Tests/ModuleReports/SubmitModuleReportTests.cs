using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class SubmitModuleReportTests(ReportingFixture fixture)
{
    private const string Key = "submission-0001";

    [Fact]
    public async Task Post_CompleteModule_GivesReceiptRevisionAndEvent()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();

        var receipt = await desk.SubmittedAsync();

        var row = await desk.RowAsync();
        var revision = await fixture.Host.InDatabaseAsync(db => db.Revisions.SingleAsync(r => r.ModuleReportId == desk.Id));
        Assert.Equal((ModuleReportState.Submitted, 1), (row.State, row.Revision));
        Assert.Equal(receipt.GetProperty("receiptNumber").GetString(), revision.ReceiptNumber);
        Assert.Equal(receipt.GetProperty("contentHash").GetString(), revision.ContentHash);
        Assert.Matches("^13-2026-AUTUMN-M01-[0-9]{7}-R1$", revision.ReceiptNumber);
        Assert.Equal((true, fixture.Now), (receipt.GetProperty("onTime").GetBoolean(), receipt.GetProperty("submittedAt").GetDateTimeOffset()));
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportSubmitted>(e => e.ModuleReportId == desk.Id);
        Assert.Equal((1, revision.ContentHash, revision.ReceiptNumber, "school", "basic-information"), (told.Revision, told.ContentHash, told.ReceiptNumber, told.Level, told.ModuleKey));
        Assert.Equal((desk.CycleId, desk.School.Id, desk.School.Path, TestPack.Programme.Version), (told.CycleId, told.OrganisationId, told.OrganisationPath, told.ProgrammeVersion));
        Assert.Equal(81, told.Values.GetProperty("students").GetProperty("g1").GetInt32());
    }

    [Fact]
    public async Task Post_PersonalValues_StayHere()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var told = await fixture.Host.Events.WaitForAsync<ModuleReportSubmitted>(e => e.ModuleReportId == desk.Id);
        Assert.DoesNotContain(told.Values.EnumerateObject(), v => v.Name.Contains("principal", StringComparison.Ordinal) || v.Name.Contains("contact", StringComparison.Ordinal));
        Assert.DoesNotContain("13800001111", JsonSerializer.Serialize(told), StringComparison.Ordinal);
        var revision = await fixture.Host.InDatabaseAsync(db => db.Revisions.SingleAsync(r => r.ModuleReportId == desk.Id));
        Assert.Contains("13800001111", revision.Values, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameKeyAgain_GivesTheSameReceipt()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var version = (await desk.RowAsync()).Version;
        var first = await desk.SubmittedAsync(Key);
        using var again = await desk.SubmitAsync(desk.Approver, version, Key);
        var second = await BodyAsync(again, 201);
        Assert.True(JsonElement.DeepEquals(first, second));
        Assert.Equal("true", again.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(1, (await desk.RowAsync()).Revision);
    }

    [Fact]
    public async Task Post_SameKeyOtherBodyOrOtherReport_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync(Key);
        using var otherBody = await desk.SubmitAsync(desk.Approver, 1, Key, new { statement = false });
        await RefusedAsync(otherBody, 422, "RPT-0314");
        var otherReport = desk with { Id = (await fixture.ModuleAsync(desk.School, "curriculum", desk.CycleId)).Id };
        using var other = await otherReport.SubmitAsync(desk.Approver, 1, Key);
        await RefusedAsync(other, 422, "RPT-0314");
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherPerson_IsIndependent()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync(Key);
        using var colleague = await fixture.ClientAsync(Roles.Approver, desk.School);
        using var response = await desk.SubmitAsync(colleague, (await desk.RowAsync()).Version, Key);
        await RefusedAsync(response, 409, "RPT-0304");
    }

    [Fact]
    public async Task Post_SameKeyFiftyTimesAtOnce_IsOneRevisionAndOneReceipt()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var version = (await desk.RowAsync()).Version;
        var responses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => desk.SubmitAsync(desk.Approver, version, Key)));
        var receipts = await Task.WhenAll(responses.Select(async r => (await BodyAsync(r, 201)).GetRawText()));
        Assert.Single(receipts.Distinct());
        Assert.Equal(1, await fixture.Host.InDatabaseAsync(db => db.Revisions.CountAsync(r => r.ModuleReportId == desk.Id)));
        await fixture.Host.Events.WaitForAsync<ModuleReportSubmitted>(e => e.ModuleReportId == desk.Id);
        await Task.Delay(300);
        Assert.Single(fixture.Host.Events.Published<ModuleReportSubmitted>(), e => e.ModuleReportId == desk.Id);
    }

    [Fact]
    public async Task Post_OtherKeysAtOnce_OneWinsTheOthersAreStale()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var version = (await desk.RowAsync()).Version;
        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => desk.SubmitAsync(desk.Approver, version, $"{Key}-{i}")));
        Assert.Single(responses, r => (int)r.StatusCode == 201);
        Assert.All(responses.Where(r => (int)r.StatusCode != 201), r => Assert.Contains((int)r.StatusCode, new[] { 409, 412 }));
        Assert.Equal(1, (await desk.RowAsync()).Revision);
    }

    [Fact]
    public async Task Post_OneKeyForTwoReportsAtOnce_OneIsRefusedAndNothingIsHalf()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var other = await fixture.DeskAsync();
        await other.CompletedAsync();
        var (version, otherVersion) = ((await desk.RowAsync()).Version, (await other.RowAsync()).Version);
        var responses = await Task.WhenAll(desk.SubmitAsync(desk.Approver, version, Key + "-x"), other.SubmitAsync(desk.Approver, otherVersion, Key + "-x"));
        Assert.Equal([201, 422], responses.Select(r => (int)r.StatusCode).Order());
        var rows = new[] { await desk.RowAsync(), await other.RowAsync() };
        Assert.Single(rows, r => r.State == ModuleReportState.Submitted);
        Assert.Single(rows, r => r.State == ModuleReportState.Complete && r.Revision == 0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("short")]
    [InlineData("with a blank in it")]
    public async Task Post_WithoutAUsableKey_IsRefused(string? key)
    {
        var desk = await fixture.DeskAsync();
        using var response = await desk.SubmitAsync(desk.Approver, 1, key);
        await RefusedAsync(response, 400, "RPT-0313");
    }

    [Fact]
    public async Task Post_NotComplete_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        using var response = await desk.SubmitAsync(desk.Approver, 2, Key);
        await RefusedAsync(response, 409, "RPT-0306");
    }

    [Fact]
    public async Task Post_ByTheReporter_OrByAnApproverWhoEditedLast_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        using var edited = await desk.SaveAsync(desk.Approver, 2, ("boarders", "11"));
        await BodyAsync(edited);
        using var complete = await desk.CompleteAsync(desk.Reporter, 3);
        await BodyAsync(complete);
        using var reporter = await desk.SubmitAsync(desk.Reporter, 4, Key);
        await RefusedAsync(reporter, 403, "RPT-0308");
        using var sameHand = await desk.SubmitAsync(desk.Approver, 4, Key);
        await RefusedAsync(sameHand, 403, "RPT-0307");
        using var colleague = await fixture.ClientAsync(Roles.Approver, desk.School);
        using var signed = await desk.SubmitAsync(colleague, 4, Key);
        await BodyAsync(signed, 201);
    }

    [Fact]
    public async Task Post_RulesFailByNow_IsRefusedByTheServer()
    {
        var curriculum = await CurriculumDeskAsync();
        using var complete = await curriculum.CompleteAsync(curriculum.Reporter, 2);
        await BodyAsync(complete);
        // A number in another module changes after the check: the server looks again when it is signed.
        var basic = curriculum with { Id = (await fixture.ModuleAsync(curriculum.School, "basic-information", curriculum.CycleId)).Id };
        await basic.SavedAsync(("students/g1", "1"), ("students/g2", "1"), ("students/g3", "1"), ("students/g4", "1"), ("students/g5", "1"), ("students/g6", "1"));
        using var response = await curriculum.SubmitAsync(curriculum.Approver, 3, Key + "-rules");
        var problem = await RefusedAsync(response, 422, "RPT-0310");
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("rule").GetString() == "E14c" && e.GetProperty("at").GetString() == "week_participants");
    }

    [Fact]
    public async Task Post_WithoutTheStatementOrVersion_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var version = (await desk.RowAsync()).Version;
        using var statement = await desk.SubmitAsync(desk.Approver, version, Key, new { statement = false });
        await RefusedAsync(statement, 422, "RPT-0312");
        using var older = await desk.SubmitAsync(desk.Approver, version, Key, new { statement = true, statementVersion = "2020.1" });
        await RefusedAsync(older, 409, "RPT-0260");
        using var empty = await desk.SubmitAsync(desk.Approver, version, Key, new { });
        await RefusedAsync(empty, 400, "GEN-0001");
        using var missing = await desk.SubmitAsync(desk.Approver, null, Key);
        await RefusedAsync(missing, 428, "GEN-0008");
        using var stale = await desk.SubmitAsync(desk.Approver, version - 1, Key);
        await RefusedAsync(stale, 412, "GEN-0007");
    }

    [Fact]
    public async Task Post_AfterTheDeadline_IsRefusedWithTheTimes_AndTakenWithAnExtension()
    {
        var desk = await fixture.DeskAsync(cycle: c => (c["opensAt"], c["deadlines"]!["school"]) = (fixture.Now.AddDays(-3), "2026-09-14T10:00:00Z"));
        await desk.CompletedAsync();
        var version = (await desk.RowAsync()).Version;
        using var late = await desk.SubmitAsync(desk.Approver, version, Key);
        var problem = await RefusedAsync(late, 409, "RPT-0311");
        Assert.Contains("2026-09-14 18:10", problem.GetProperty("messages").GetProperty("zh").GetString(), StringComparison.Ordinal);
        Assert.False((await desk.ReadAsync(desk.Approver)).GetProperty("permitted").GetProperty("submit").GetProperty("allowed").GetBoolean());

        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var extension = await GrantExtensionAsync(reviewer, desk, fixture.Now.AddHours(2));
        await BodyAsync(extension, 201);
        using var taken = await desk.SubmitAsync(desk.Approver, version, Key);
        await BodyAsync(taken, 201);
    }

    [Fact]
    public async Task Post_SomeoneElsesReport_IsNotFoundOutsideAndForbiddenAbove()
    {
        var desk = await fixture.DeskAsync();
        using var other = await fixture.ClientAsync(Roles.Approver, fixture.Province.ChanganNineYear);
        using var unknown = await desk.SubmitAsync(other, 1, Key);
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var forbidden = await desk.SubmitAsync(reviewer, 1, Key);
        await RefusedAsync(forbidden, 403, "RPT-0308");
    }

    [Fact]
    public async Task Post_RemovedApprover_IsNotFoundAtOnce()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        var person = await fixture.Province.PersonAsync(Roles.Approver, desk.School);
        using var client = fixture.Host.CreateClient(person);
        await fixture.Province.RemoveAsync(person);
        using var response = await desk.SubmitAsync(client, (await desk.RowAsync()).Version, Key);
        await RefusedAsync(response, 404, "GEN-0006");
    }

    [Fact]
    public async Task Revision_InTheDatabase_CannotBeChangedOrDeleted()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        await Assert.ThrowsAsync<PostgresException>(() => fixture.Host.InDatabaseAsync(db =>
            db.Revisions.Where(r => r.ModuleReportId == desk.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.OnTime, false))));
        await Assert.ThrowsAsync<PostgresException>(() => fixture.Host.InDatabaseAsync(db => db.Revisions.Where(r => r.ModuleReportId == desk.Id).ExecuteDeleteAsync()));
    }

    private static Task<HttpResponseMessage> GrantExtensionAsync(HttpClient reviewer, Desk desk, DateTimeOffset until) => System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
        reviewer, $"/api/reporting/cycles/{desk.CycleId}/extensions", new { organisationId = desk.School.Id, until, reason = "停电" });

    private async Task<Desk> CurriculumDeskAsync()
    {
        var desk = await fixture.DeskAsync(moduleKey: "curriculum");
        var changes = new List<(string, string)>(desk.School.Grades.SelectMany(g => new[]
        {
            ($"offered/{g}", "true"), ($"timetabled/{g}", "true"), ($"weekly_hours/{g}", "1"), ($"actual_hours/{g}", g == "g1" ? "17" : "18"), ($"outside_hours/{g}", "3"),
        }))
        {
            ("encroached", "1"), ("material", """["none"]"""), ("week_held", "true"), ("week_start", "\"2026-10-12\""), ("week_days", "5"),
            ("week_mode", "\"on-campus\""), ("week_participants", "100"),
        };
        var saved = await desk.SavedAsync([.. changes]);
        var left = saved.GetProperty("results").EnumerateArray().Where(r => r.GetProperty("severity").GetString() is "error" or "warning").Select(r => r.GetRawText()).ToList();
        Assert.True(left.Count == 0, string.Join('\n', left));
        return desk;
    }
}
