using Gengdu.Contracts.Reporting.V1;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Cycles;

public sealed class CycleOpenedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Consume_KeepsTheCycleWithItsDeadlines_TwiceChangesNothing()
    {
        var opened = CycleEvents.CycleOpened(SupervisionFixture.NewId());
        await fixture.Host.Events.DeliverAsync(opened);
        await fixture.Host.Events.DeliverAsync(opened with { NameZh = "不同" });

        var cycle = await fixture.Host.InDatabaseAsync(db => db.Cycles.SingleAsync(c => c.Id == opened.CycleId));

        Assert.Equal(("labor-education", "2026 年秋季", "Autumn 2026", "open"), (cycle.ProgrammeKey, cycle.NameZh, cycle.NameEn, cycle.State));
        Assert.Equal(opened.Deadlines, cycle.Deadlines);
        Assert.Equal(["curriculum", "teachers"], cycle.ModuleKeys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consume_AndTheClosing_InEitherOrder_TheCycleIsClosed(bool closedFirst)
    {
        var opened = CycleEvents.CycleOpened(SupervisionFixture.NewId());
        var closed = new CycleClosed { CycleId = opened.CycleId, ClosedAt = CycleEvents.Opened.AddDays(60) };
        if (closedFirst)
        {
            await fixture.Host.Events.DeliverAsync(closed);
        }

        await fixture.Host.Events.DeliverAsync(opened);
        await fixture.Host.Events.DeliverAsync(closed with { });

        var cycle = await fixture.Host.InDatabaseAsync(db => db.Cycles.SingleAsync(c => c.Id == opened.CycleId));
        Assert.Equal(("closed", (DateTimeOffset?)closed.ClosedAt), (cycle.State, cycle.ClosedAt));
    }
}
