using Gengdu.Contracts.Supervision.V1;
using Gengdu.Reporting.ModuleReports;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ModuleReportsApprovedConsumerTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Approved_ShowsTheLevel_AndAHigherOneLater()
    {
        var desk = await SubmittedDeskAsync();
        await fixture.Host.Events.DeliverAsync(Approved(await desk.RowAsync(), "county", 2, fixture.Now));
        Assert.Equal((ModuleReportState.Approved, "county"), ((await desk.RowAsync()).State, (await desk.RowAsync()).ApprovedLevel));
        await fixture.Host.Events.DeliverAsync(Approved(await desk.RowAsync(), "city", 3, fixture.Now));
        Assert.Equal("city", (await desk.ReadAsync()).GetProperty("approvedLevel").GetString());
    }

    [Fact]
    public async Task Approved_OutOfOrderTwiceOrOfAnotherRevision_ChangesNothing()
    {
        var desk = await SubmittedDeskAsync();
        var row = await desk.RowAsync();
        await fixture.Host.Events.DeliverAsync(Approved(row, "city", 3, fixture.Now));
        var version = (await desk.RowAsync()).Version;
        await fixture.Host.Events.DeliverAsync(Approved(row, "county", 2, fixture.Now));
        await fixture.Host.Events.DeliverAsync(Approved(row, "city", 3, fixture.Now));
        var other = Approved(row, "province", 9, fixture.Now);
        await fixture.Host.Events.DeliverAsync(other with { Items = [other.Items[0] with { Revision = 2 }] });
        Assert.Equal(("city", version), ((await desk.RowAsync()).ApprovedLevel, (await desk.RowAsync()).Version));
    }

    [Fact]
    public async Task Approved_ReturnedAfterwards_IsOpenAgain()
    {
        var desk = await SubmittedDeskAsync();
        await fixture.Host.Events.DeliverAsync(Approved(await desk.RowAsync(), "county", 2, fixture.Now));
        await fixture.Host.Events.DeliverAsync(ModuleReportReturnedConsumerTests.Returned(await desk.RowAsync(), 3, fixture.Now));
        Assert.Equal((ModuleReportState.Returned, null), ((await desk.RowAsync()).State, (await desk.RowAsync()).ApprovedLevel));
    }

    internal static ModuleReportsApproved Approved(ModuleReport module, string level, long reviewVersion, DateTimeOffset now) => new()
    {
        CycleId = module.CycleId,
        Level = level,
        At = now,
        Items = [new() { ReviewId = Guid.CreateVersion7(now), ModuleReportId = module.Id, Revision = 1, OrganisationId = module.OrganisationId, ReviewVersion = reviewVersion }],
    };

    private async Task<Desk> SubmittedDeskAsync()
    {
        var desk = await fixture.DeskAsync();
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        return desk;
    }
}
