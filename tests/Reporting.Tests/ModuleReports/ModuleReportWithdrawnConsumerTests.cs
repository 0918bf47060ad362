using Gengdu.Contracts.Supervision.V1;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ModuleReportWithdrawnConsumerTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Withdrawn_IsADraftAgain_TheRevisionAndItsReceiptStay()
    {
        var desk = await SubmittedDeskAsync();
        await fixture.Host.Events.DeliverAsync(Withdrawn(await desk.RowAsync(), 2));

        var module = await desk.ReadAsync();
        Assert.Equal("draft", module.GetProperty("state").GetString());
        var notice = module.GetProperty("return");
        Assert.Equal(("withdrawn", "school", "经费数填错"), (notice.GetProperty("kind").GetString(), notice.GetProperty("byLevel").GetString(), notice.GetProperty("words").GetString()));
        Assert.True(module.GetProperty("permitted").GetProperty("edit").GetProperty("allowed").GetBoolean());
        using var revision = await desk.Reporter.GetAsync($"/api/reporting/module-reports/{(await desk.RowAsync()).Id}/revisions/1");
        Assert.True(revision.IsSuccessStatusCode);

        using var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(complete);
        Assert.Equal(2, (await desk.SubmittedAsync()).GetProperty("revision").GetInt32());
        Assert.Null((await desk.RowAsync()).Return);
    }

    [Fact]
    public async Task Withdrawn_TwiceLateOrOfAnotherRevision_ChangesNothing()
    {
        var desk = await SubmittedDeskAsync();
        var withdrawn = Withdrawn(await desk.RowAsync(), 2);
        await fixture.Host.Events.DeliverAsync(withdrawn with { Revision = 2 });
        Assert.Equal(ModuleReportState.Submitted, (await desk.RowAsync()).State);
        await fixture.Host.Events.DeliverAsync(withdrawn);
        var version = (await desk.RowAsync()).Version;
        await fixture.Host.Events.DeliverAsync(withdrawn with { });
        await fixture.Host.Events.DeliverAsync(withdrawn with { ReviewVersion = 7 });
        Assert.Equal((ModuleReportState.Draft, version), ((await desk.RowAsync()).State, (await desk.RowAsync()).Version));

        using var complete = await desk.CompleteAsync(desk.Reporter, version);
        await BodyAsync(complete);
        await desk.SubmittedAsync();
        await fixture.Host.Events.DeliverAsync(withdrawn with { ReviewVersion = 9 });
        Assert.Equal((ModuleReportState.Submitted, 2), ((await desk.RowAsync()).State, (await desk.RowAsync()).Revision));
    }

    [Fact]
    public async Task Withdrawn_AfterTheDeadline_CanBeHandedInForADay_NotForAWeek()
    {
        var desk = await fixture.DeskAsync(cycle: c => (c["opensAt"], c["deadlines"]!["school"], c["graceMinutes"]) = (fixture.Now.AddDays(-3), fixture.Now.AddMinutes(-1), 5));
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        await fixture.Host.Events.DeliverAsync(Withdrawn(await desk.RowAsync(), 2));

        Assert.Equal(fixture.Now.AddDays(1), (await desk.ReadAsync()).GetProperty("submitUntil").GetDateTimeOffset());
    }

    private ModuleReportWithdrawn Withdrawn(ModuleReport module, long reviewVersion) => new()
    {
        ReviewId = Guid.CreateVersion7(fixture.Now),
        ModuleReportId = module.Id,
        Revision = module.Revision,
        CycleId = module.CycleId,
        OrganisationId = module.OrganisationId,
        WithdrawnBy = Guid.CreateVersion7(fixture.Now),
        WithdrawnAt = fixture.Now,
        Words = "经费数填错",
        ReviewVersion = reviewVersion,
    };

    private async Task<Desk> SubmittedDeskAsync()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        return desk;
    }
}
