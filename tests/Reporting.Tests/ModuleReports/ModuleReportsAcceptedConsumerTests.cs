using Gengdu.Contracts.Supervision.V1;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ModuleReportsAcceptedConsumerTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Accepted_LocksTheModule_AndALateApprovalDoesNotUnlockIt()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        var row = await desk.RowAsync();
        await fixture.Host.Events.DeliverAsync(new ModuleReportsAccepted
        {
            CycleId = row.CycleId,
            Level = "province",
            At = fixture.Now,
            Items = [new() { ReviewId = Guid.CreateVersion7(fixture.Now), ModuleReportId = row.Id, Revision = 1, OrganisationId = row.OrganisationId, ReviewVersion = 4 }],
        });
        await fixture.Host.Events.DeliverAsync(ModuleReportsApprovedConsumerTests.Approved(row, "city", 3, fixture.Now));
        var accepted = await desk.RowAsync();
        Assert.Equal(ModuleReportState.Accepted, accepted.State);
        using var edit = await desk.SaveAsync(desk.Reporter, accepted.Version, ("boarders", "1"));
        await RefusedAsync(edit, 409, "RPT-0305");
        using var reopen = await desk.ReopenAsync(desk.Reporter, accepted.Version);
        await RefusedAsync(reopen, 409, "RPT-0305");
        using var submit = await desk.SubmitAsync(desk.Approver, accepted.Version, "submission-0002");
        await RefusedAsync(submit, 409, "RPT-0305");
    }
}
