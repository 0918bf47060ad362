using Gengdu.Contracts.Supervision.V1;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.ModuleReports;

public sealed class ModuleReportReturnedConsumerTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Returned_OpensTheModuleAtTheSchoolWithReasonsAndDate()
    {
        var desk = await SubmittedDeskAsync();
        await fixture.Host.Events.DeliverAsync(Returned(await desk.RowAsync(), 2, fixture.Now, fixture.Now.AddDays(40)));
        var module = await desk.ReadAsync();
        Assert.Equal("returned", module.GetProperty("state").GetString());
        var notice = module.GetProperty("return");
        Assert.Equal(("county", fixture.Now.AddDays(40)), (notice.GetProperty("byLevel").GetString(), notice.GetProperty("dueAt").GetDateTimeOffset()));
        var reason = Assert.Single(notice.GetProperty("reasons").EnumerateArray());
        Assert.Equal(("classes/g1", "wrong-value"), (reason.GetProperty("at").GetString(), reason.GetProperty("code").GetString()));
        Assert.True(module.GetProperty("permitted").GetProperty("edit").GetProperty("allowed").GetBoolean());
        Assert.Equal(10, module.GetProperty("values").GetProperty("boarders").GetInt32());
    }

    [Fact]
    public async Task Returned_TwiceOrOlderOrOfAnotherRevision_ChangesNothing()
    {
        var desk = await SubmittedDeskAsync();
        var returned = Returned(await desk.RowAsync(), 2, fixture.Now);
        var messageId = Guid.CreateVersion7(fixture.Now);
        await fixture.Host.Events.DeliverAsync(returned, messageId);
        await desk.SavedAsync(("boarders", "12"));
        var version = (await desk.RowAsync()).Version;

        await fixture.Host.Events.DeliverAsync(returned, messageId);
        await fixture.Host.Events.DeliverAsync(returned);
        await fixture.Host.Events.DeliverAsync(returned with { Revision = 2, ReviewVersion = 9 });
        await fixture.Host.Events.DeliverAsync(returned with { ModuleReportId = Guid.CreateVersion7(fixture.Now) });
        Assert.Equal((ModuleReportState.Returned, version), ((await desk.RowAsync()).State, (await desk.RowAsync()).Version));
    }

    [Fact]
    public async Task Returned_LateAfterTheNextRevision_ChangesNothing()
    {
        var desk = await SubmittedDeskAsync();
        var returned = Returned(await desk.RowAsync(), 2, fixture.Now);
        await fixture.Host.Events.DeliverAsync(returned);
        using var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(complete);
        await desk.SubmittedAsync();
        await fixture.Host.Events.DeliverAsync(returned with { ReviewVersion = 3 });
        Assert.Equal((ModuleReportState.Submitted, 2), ((await desk.RowAsync()).State, (await desk.RowAsync()).Revision));
    }

    [Fact]
    public async Task Returned_AfterTheDeadline_CanBeCorrectedUntilItsDate()
    {
        var desk = await fixture.DeskAsync(cycle: c => (c["opensAt"], c["deadlines"]!["school"], c["graceMinutes"]) = (fixture.Now.AddDays(-3), fixture.Now.AddMinutes(-1), 5));
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        await fixture.Host.Events.DeliverAsync(Returned(await desk.RowAsync(), 2, fixture.Now, fixture.Now.AddDays(3)));
        using var complete = await desk.CompleteAsync(desk.Reporter, (await desk.RowAsync()).Version);
        await BodyAsync(complete);
        Assert.Equal(2, (await desk.SubmittedAsync()).GetProperty("revision").GetInt32());
    }

    internal static ModuleReportReturned Returned(ModuleReport module, long reviewVersion, DateTimeOffset now, DateTimeOffset? dueAt = null) => new()
    {
        ReviewId = Guid.CreateVersion7(now),
        ModuleReportId = module.Id,
        Revision = module.Revision,
        CycleId = module.CycleId,
        OrganisationId = module.OrganisationId,
        Level = "county",
        ReturnedBy = Guid.CreateVersion7(now),
        ReturnedAt = now,
        DueAt = dueAt,
        Reasons = [new() { At = "classes/g1", Code = "wrong-value", Text = "与花名册不符" }],
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
