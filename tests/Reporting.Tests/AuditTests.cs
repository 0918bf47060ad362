using System.Net;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Reporting.Tests;

/// <summary>What reporting writes down of a module report's way, and that nothing goes on without it.</summary>
public sealed class AuditTests(ReportingFixture fixture)
{
    [Fact]
    public async Task ModuleReport_HasOneActForEachChangeAndEachLook()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using (var reopened = await desk.ReopenAsync(desk.Reporter, (await desk.RowAsync()).Version))
        using (var again = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version))
        {
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (reopened.StatusCode, again.StatusCode));
        }

        await desk.ReadAsync(desk.Approver);
        var receipt = await desk.SubmittedAsync();

        var acts = await fixture.Host.AuditOfAsync(desk.Id);
        string[] expected = ["module-report.completed", "module-report.completed", "module-report.reopened", "module-report.saved", "module-report.seen", "module-report.submitted"];
        Assert.Equal(expected, acts.Select(act => act.Act).Order(StringComparer.Ordinal));
        Assert.All(acts, act => Assert.Equal((desk.School.Path, true), (act.OrganisationPath, act.ActorId is not null)));
        var submitted = acts.Single(act => act.Act == "module-report.submitted");
        Assert.Contains(receipt.GetProperty("receiptNumber").GetString()!, submitted.Details, StringComparison.Ordinal);
        Assert.Equal((desk.School.Id, fixture.Now), (submitted.OrganisationId, submitted.At));
    }

    /// <summary>Who looked through what, and how many rows; never the words that were searched for.</summary>
    [Fact]
    public async Task Lists_AreLooksToo()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var revisions = await desk.Approver.GetAsync(new Uri($"/api/reporting/module-reports/{desk.Id}/revisions", UriKind.Relative));
        using var reports = await desk.Approver.GetAsync(new Uri($"/api/reporting/reports?organisationId={desk.School.Id}&search={Uri.EscapeDataString(desk.School.NameZh)}", UriKind.Relative));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (revisions.StatusCode, reports.StatusCode));

        var approver = (await fixture.Host.AuditOfAsync(desk.Id)).Single(act => act.Act == "module-report.submitted").ActorId;
        var list = Assert.Single(await fixture.Host.AuditOfAsync(desk.Id), act => act.Act == "revision.seen");
        Assert.Equal((desk.School.Path, (int?)1, approver), (list.OrganisationPath, list.Rows, list.ActorId));
        var look = Assert.Single(await fixture.Host.AuditAsync(), act => act.Act == "report.seen" && act.ActorId == approver);
        Assert.Equal(desk.School.Path, look.OrganisationPath);
        Assert.Contains(desk.School.Id.ToString(), look.Filter, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.School.NameZh, look.Filter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_AreNotWrittenDown()
    {
        var desk = await fixture.DeskAsync();
        await desk.FilledAsync();
        var saved = (await fixture.Host.AuditOfAsync(desk.Id)).Single(act => act.Act == "module-report.saved");
        Assert.Equal(desk.School.Grades.Length * 2 + 8, saved.Rows);
        Assert.DoesNotContain("13800001111", $"{saved.Details}{saved.Filter}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submission_ThatDoesNotTakeEffect_LeavesNoAct()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        using var stale = await desk.SubmitAsync(desk.Approver, 1, "audit-stale-0001");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.DoesNotContain(await fixture.Host.AuditOfAsync(desk.Id), act => act.Act == "module-report.submitted");
    }

    [Fact]
    public async Task CycleAndExtension_AreActs()
    {
        var cycle = await fixture.OpenCycleAsync();
        Assert.Equal(["cycle.created", "cycle.opened"], (await fixture.Host.AuditOfAsync(cycle)).Select(act => act.Act).Order(StringComparer.Ordinal));
    }
}

/// <summary>AU-17: with the audit's store down, what must be audited does not take place, and what must be audited to be seen is not shown.</summary>
public sealed class AuditDownTests : IAsyncLifetime
{
    private readonly ReportingFixture _fixture = new();

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task StoreDown_EverythingAuditedIsRefusedAndNothingChanged()
    {
        var desk = await _fixture.DeskAsync();
        await desk.CompletedAsync();
        var before = await desk.RowAsync();
        await PostgresServer.ExecuteAsync(_fixture.Host.Database.Name, "alter table reporting.audit_pending rename to audit_pending_away");

        using var submitted = await desk.SubmitAsync(desk.Approver, before.Version, "audit-down-0001");
        using var reopened = await desk.ReopenAsync(desk.Reporter, before.Version);
        using var read = await desk.Reporter.GetAsync(new Uri(desk.Address, UriKind.Relative));
        using var stranger = await _fixture.ClientAsync(Roles.Reporter, _fixture.Province.LianchiVocational);
        using var denied = await stranger.GetAsync(new Uri(desk.Address, UriKind.Relative));

        Assert.Equal([503, 503, 503, 503], new[] { submitted, reopened, read, denied }.Select(answer => (int)answer.StatusCode));
        Assert.Equal((before.Version, before.State), ((await desk.RowAsync()).Version, (await desk.RowAsync()).State));
        await PostgresServer.ExecuteAsync(_fixture.Host.Database.Name, "alter table reporting.audit_pending_away rename to audit_pending");
        using var again = await desk.SubmitAsync(desk.Approver, before.Version, "audit-down-0001");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }
}
