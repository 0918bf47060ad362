using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Retention;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Retention;

public sealed class PersonalValueEraserTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Erase_CycleClosedLongAgo_TakesPersonalValuesFromFormAndRevisions_TheReceiptStillProvesTheRest()
    {
        var desk = await SubmittedDeskAsync();
        var before = await RevisionAsync(desk);
        await CloseAsync(desk, years: 3.01);
        Assert.True(await EraseAsync() > 0);
        var revision = await RevisionAsync(desk);
        Assert.Equal((before.ContentHash, null, fixture.Now), (revision.ContentHash, revision.Salt, revision.ErasedAt));
        Assert.DoesNotContain("13800001111", revision.Values + (await desk.RowAsync()).Values, StringComparison.Ordinal);
        Assert.DoesNotContain("张立", revision.Values + (await desk.RowAsync()).Values, StringComparison.Ordinal);
        Assert.Equal(10, JsonElement.Parse(revision.Values).GetProperty("boarders").GetInt32());
        Assert.Equal(revision.ContentHash, HashOf(desk, revision));

        using var answer = await desk.Reporter.GetAsync($"{desk.Address}/revisions/1");
        var shown = await BodyAsync(answer);
        Assert.True(shown.GetProperty("values").GetProperty("principal_phone").GetProperty("erased").GetBoolean());
        Assert.Equal(fixture.Now, shown.GetProperty("erasedAt").GetDateTimeOffset());
        var form = await desk.ReadAsync();
        Assert.Equal(0, form.GetProperty("results").GetArrayLength());

        Assert.Equal(0, await EraseAsync());
    }

    [Fact]
    public async Task Erase_CycleClosedNotSoLongAgoOrOpen_ChangesNothing()
    {
        var closed = await SubmittedDeskAsync();
        await CloseAsync(closed, years: 2.9);
        var open = await SubmittedDeskAsync();
        await EraseAsync();
        foreach (var desk in new[] { closed, open })
        {
            Assert.Contains("13800001111", (await RevisionAsync(desk)).Values, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Erase_CycleThatCannotBe_DoesNotKeepTheOthers()
    {
        var (broken, desk) = (await SubmittedDeskAsync(), await SubmittedDeskAsync());
        await CloseAsync(broken, years: 5);
        await CloseAsync(desk, years: 4);
        await VersionAsync(broken, await NewerPack.BrokenAsync(fixture));
        try
        {
            Assert.True(await EraseAsync() > 0);
        }
        finally
        {
            await VersionAsync(broken, TestPack.Programme.Version);
        }

        Assert.DoesNotContain("13800001111", (await RevisionAsync(desk)).Values, StringComparison.Ordinal);
        Assert.Contains("13800001111", (await RevisionAsync(broken)).Values, StringComparison.Ordinal);
        Assert.True(await EraseAsync() > 0);
        Assert.DoesNotContain("13800001111", (await RevisionAsync(broken)).Values, StringComparison.Ordinal);
    }

    private async Task VersionAsync(Desk desk, string version) =>
        await fixture.Host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"update reporting.cycles set programme_version = {version} where id = {desk.CycleId}"));

    /// <summary>Killed after a batch: what is done stays done, the next run takes the rest, and only then is the cycle marked.</summary>
    [Fact]
    public async Task Erase_Interrupted_GoesOnWhereItStopped()
    {
        var desk = await SubmittedDeskAsync();
        await CloseAsync(desk, years: 4);
        await using (var scope = fixture.Host.Services.CreateAsyncScope())
        {
            var batch = ActivatorUtilities.CreateInstance<ErasureBatch>(scope.ServiceProvider);
            var (last, erased) = await batch.EraseAsync(desk.CycleId, Guid.Empty, 1, fixture.Now, default);
            Assert.Equal((true, 1), (last is not null, erased));
        }

        Assert.Null(await fixture.Host.InDatabaseAsync(db => db.Cycles.Where(c => c.Id == desk.CycleId).Select(c => c.ErasedAt).SingleAsync()));
        Assert.True(await EraseAsync() > 0);
        Assert.NotNull(await fixture.Host.InDatabaseAsync(db => db.Cycles.Where(c => c.Id == desk.CycleId).Select(c => c.ErasedAt).SingleAsync()));
        Assert.NotNull((await RevisionAsync(desk)).ErasedAt);
        var acts = (await fixture.Host.AuditOfAsync(desk.CycleId)).Where(act => act.Act == "cycle.erased").ToList();
        // The clock of the tests stands still, so the two acts have one time and no order.
        Assert.Contains(acts, act => act.Rows == 1);
        Assert.All(acts, act => Assert.Equal((null, "done"), (act.ActorId, act.Outcome)));
        Assert.Equal(await fixture.Host.InDatabaseAsync(db => db.ModuleReports.CountAsync(m => m.CycleId == desk.CycleId && m.ErasedAt != null)), acts.Sum(act => act.Rows));
    }

    /// <summary>The door in the database is as wide as the erasure of cells and no wider.</summary>
    [Theory]
    [InlineData("values = jsonb_set(values, '{boarders}', '11'), erased_at = now(), salt = null")]
    [InlineData("values = values - 'boarders', erased_at = now(), salt = null")]
    [InlineData("values = '{\"erased\": true, \"digest\": \"x\"}', erased_at = now(), salt = null")]
    [InlineData("values = jsonb_set(values, '{contact_name}', '{\"erased\": true, \"digest\": \"x\", \"more\": 1}'), erased_at = now(), salt = null")]
    [InlineData("values = jsonb_set(values, '{contact_name}', '{\"erased\": true, \"digest\": \"x\"}')")]
    [InlineData("content_hash = 'x', erased_at = now(), salt = null")]
    [InlineData("on_time = not on_time, erased_at = now(), salt = null")]
    public async Task Update_ThatIsNoErasure_IsRefusedByTheDatabase(string change)
    {
        var desk = await SubmittedDeskAsync();
        // As the owner: the service's own role may not update a revision at all.
        await using var connection = new NpgsqlConnection(await fixture.Host.Database.OwnerConnectionStringAsync("reporting"));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"set gengdu.scope = '*'; update reporting.revisions set {change} where module_report_id = '{desk.Id}'";
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.Equal("23001", refused.SqlState);
        Assert.Contains("13800001111", (await RevisionAsync(desk)).Values, StringComparison.Ordinal);
    }

    private async Task<Desk> SubmittedDeskAsync()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        return desk;
    }

    private async Task CloseAsync(Desk desk, double years)
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await owner.PostAsync($"/api/reporting/cycles/{desk.CycleId}/closing", null);
        await BodyAsync(response);
        var at = fixture.Now.AddDays(-365.25 * years);
        await fixture.Host.InDatabaseAsync(db => db.Cycles.Where(c => c.Id == desk.CycleId).ExecuteUpdateAsync(c => c.SetProperty(x => x.ClosedAt, at)));
    }

    private Task<int> EraseAsync() => fixture.Host.Services.GetRequiredService<PersonalValueEraser>().EraseAsync(default);

    private Task<Revision> RevisionAsync(Desk desk) => fixture.Host.InDatabaseAsync(db => db.Revisions.SingleAsync(r => r.ModuleReportId == desk.Id));

    private static string HashOf(Desk desk, Revision revision) => CanonicalJson.Sha256(JsonElement.Parse(new JsonObject
    {
        ["values"] = JsonObject.Create(new PersonalSeal(Salt: null).ForHash(TestPack.Basic, JsonElement.Parse(revision.Values))),
        ["explanations"] = JsonSerializer.SerializeToNode(revision.Explanations, ModuleReport.Json),
        ["moduleReportId"] = desk.Id,
        ["revision"] = revision.Number,
        ["cycleId"] = desk.CycleId,
        ["organisationId"] = desk.School.Id,
        ["programmeKey"] = "labor-education",
        ["programmeVersion"] = TestPack.Programme.Version,
        ["moduleKey"] = "basic-information",
    }.ToJsonString()));
}
