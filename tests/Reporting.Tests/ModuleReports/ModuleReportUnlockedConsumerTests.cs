using Gengdu.Contracts.Supervision.V1;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

/// <summary>Asked, refused, asked again, unlocked: what the school sees of it, in whatever order it comes.</summary>
public sealed class ModuleReportUnlockedConsumerTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Unlocked_IsOpenAgainWithTheProvincesWords_TheAcceptedRevisionStays()
    {
        var (desk, row) = await AcceptedDeskAsync();
        await fixture.Host.Events.DeliverAsync(Requested(row, 5));
        Assert.Equal(("accepted", "unlock-requested", "附件一有误"), await NoticeAsync(desk));
        Assert.False((await desk.ReadAsync()).GetProperty("permitted").GetProperty("edit").GetProperty("allowed").GetBoolean());
        await fixture.Host.Events.DeliverAsync(Refused(row, 6));
        Assert.Equal(("accepted", "unlock-refused", "不予更正"), await NoticeAsync(desk));

        await fixture.Host.Events.DeliverAsync(Unlocked(row, 8));

        Assert.Equal(("returned", "unlocked", "同意"), await NoticeAsync(desk));
        using var revision = await desk.Reporter.GetAsync($"/api/reporting/module-reports/{row.Id}/revisions/1");
        Assert.True(revision.IsSuccessStatusCode);
        using var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(complete);
        Assert.Equal(2, (await desk.SubmittedAsync()).GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task RequestRefusalAndUnlocking_OutOfOrderAndTwice_TheLatestActHolds()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var row = await desk.RowAsync();

        // The request overtakes the acceptance.
        await fixture.Host.Events.DeliverAsync(Requested(row, 5));
        await fixture.Host.Events.DeliverAsync(Accepted(row, 4));
        Assert.Equal(("accepted", "unlock-requested", "附件一有误"), await NoticeAsync(desk));
        await fixture.Host.Events.DeliverAsync(Unlocked(row, 8));
        await fixture.Host.Events.DeliverAsync(Refused(row, 6));
        await fixture.Host.Events.DeliverAsync(Requested(row, 7));
        await fixture.Host.Events.DeliverAsync(Unlocked(row, 8));
        Assert.Equal(("returned", "unlocked", "同意"), await NoticeAsync(desk));
    }

    private async Task<(Desk Desk, ModuleReport Row)> AcceptedDeskAsync()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var row = await desk.RowAsync();
        await fixture.Host.Events.DeliverAsync(Accepted(row, 4));
        return (desk, row);
    }

    private static async Task<(string? State, string? Kind, string? Words)> NoticeAsync(Desk desk)
    {
        var module = await desk.ReadAsync();
        var notice = module.GetProperty("return");
        return (module.GetProperty("state").GetString(), notice.GetProperty("kind").GetString(), notice.GetProperty("words").GetString());
    }

    private ModuleReportsAccepted Accepted(ModuleReport module, long version) => new()
    {
        CycleId = module.CycleId,
        Level = "province",
        At = fixture.Now,
        Items = [new() { ReviewId = Guid.CreateVersion7(fixture.Now), ModuleReportId = module.Id, Revision = 1, OrganisationId = module.OrganisationId, ReviewVersion = version }],
    };

    private UnlockRequested Requested(ModuleReport module, long version) => new()
    {
        ReviewId = Guid.CreateVersion7(fixture.Now),
        ModuleReportId = module.Id,
        Revision = 1,
        CycleId = module.CycleId,
        OrganisationId = module.OrganisationId,
        Level = "school",
        RequestedBy = Guid.CreateVersion7(fixture.Now),
        RequestedAt = fixture.Now,
        Words = "附件一有误",
        ReviewVersion = version,
    };

    private UnlockRefused Refused(ModuleReport module, long version) => new()
    {
        ReviewId = Guid.CreateVersion7(fixture.Now),
        ModuleReportId = module.Id,
        Revision = 1,
        CycleId = module.CycleId,
        OrganisationId = module.OrganisationId,
        RefusedBy = Guid.CreateVersion7(fixture.Now),
        RefusedAt = fixture.Now,
        Words = "不予更正",
        ReviewVersion = version,
    };

    private ModuleReportUnlocked Unlocked(ModuleReport module, long version) => new()
    {
        ReviewId = Guid.CreateVersion7(fixture.Now),
        ModuleReportId = module.Id,
        Revision = 1,
        CycleId = module.CycleId,
        OrganisationId = module.OrganisationId,
        UnlockedBy = Guid.CreateVersion7(fixture.Now),
        UnlockedAt = fixture.Now,
        DueAt = fixture.Now.AddDays(5),
        Words = "同意",
        ReviewVersion = version,
    };
}
