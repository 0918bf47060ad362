using Gengdu.Contracts.Identity.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Cycles;

public sealed class CycleRosterPublishedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private static readonly DateTimeOffset Moment = CycleEvents.Opened.AddDays(10);

    [Fact]
    public async Task Consume_TheSamePartTenTimesAtOnce_EachOrganisationOwesOnce()
    {
        var roster = CycleEvents.Roster(SupervisionFixture.NewId(), fixture.Province.ChanganPrimary, fixture.Province.ZhengdingJunior);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.Host.Events.DeliverAsync(roster)));

        var rows = await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.CycleId == roster.CycleId).ToListAsync());
        Assert.Equal(roster.Entries.Select(e => e.ReportId).Order(), rows.Select(r => r.ReportId).Order());
        Assert.All(rows, row => Assert.Equal(("school", 2, (DateTimeOffset?)null), (row.Level, row.ModuleKeys.Length, row.ExemptAt)));
    }

    [Fact]
    public async Task RosterMoveAndClosing_AnyOrder_EndAtOnePlace()
    {
        var p = fixture.Province;
        for (var i = 0; i < 6; i++)
        {
            var school = await p.SchoolAsync(p.Changan);
            var roster = CycleEvents.Roster(SupervisionFixture.NewId(), school);
            // It went to Zhengding before the cycle closed, to Dingzhou afterwards.
            object[] events =
            [
                school.MovedTo(p.Zhengding, Moment, 2), school.MovedTo(p.Dingzhou, Moment.AddHours(2), 3),
                new CycleClosed { CycleId = roster.CycleId, ClosedAt = Moment.AddHours(1) }, roster,
            ];
            foreach (var at in Enumerable.Range(0, events.Length).OrderBy(n => n * (i + 1) % 5))
            {
                await DeliverAsync(events[at]);
            }

            var path = await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.CycleId == roster.CycleId).Select(r => r.OrganisationPath).SingleAsync());
            Assert.StartsWith(p.Zhengding.Path, path, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Moved_WhileTheCycleIsOpen_TheNewCountySeesIt()
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var roster = CycleEvents.Roster(SupervisionFixture.NewId(), school);
        await fixture.Host.Events.DeliverAsync(roster);

        await DeliverAsync(school.MovedTo(p.Lianchi, Moment));

        Assert.Equal((0, 1), (await SeenAsync(p.Changan, roster.CycleId), await SeenAsync(p.Lianchi, roster.CycleId)));
    }

    private async Task<int> SeenAsync(Organisation county, Guid cycleId)
    {
        var reviewer = await fixture.Province.PersonAsync(Roles.CountyReviewer, county);
        return await fixture.Host.AsCallerAsync(reviewer, db => db.Roster.CountAsync(r => r.CycleId == cycleId));
    }

    private Task DeliverAsync(object message) => message switch
    {
        OrganisationChanged e => fixture.Host.Events.DeliverAsync(e),
        CycleClosed e => fixture.Host.Events.DeliverAsync(e),
        CycleRosterPublished e => fixture.Host.Events.DeliverAsync(e),
        _ => throw new ArgumentException(message.GetType().Name, nameof(message)),
    };
}
