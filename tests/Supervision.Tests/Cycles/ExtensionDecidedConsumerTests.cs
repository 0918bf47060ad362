using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Cycles;

public sealed class ExtensionDecidedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consume_ForACountyOrASchool_BeforeOrAfterTheRoster_Twice_TheLatestCounts(bool early)
    {
        var p = fixture.Province;
        var roster = CycleEvents.Roster(SupervisionFixture.NewId(), p.ChanganPrimary, p.ChanganNineYear, p.ZhengdingJunior);
        ExtensionDecided[] decided =
        [
            Decided(roster.CycleId, p.Changan, days: 5) with { CoversSubtree = true },
            Decided(roster.CycleId, p.ChanganPrimary, days: 9),
            // The county's own request without its schools, an earlier one and one that was refused change nothing.
            Decided(roster.CycleId, p.Changan, days: 20),
            Decided(roster.CycleId, p.ChanganPrimary, days: 3),
            Decided(roster.CycleId, p.ZhengdingJunior, days: 9) with { Approved = false, Until = null },
            Decided(SupervisionFixture.NewId(), p.ZhengdingJunior, days: 9),
        ];
        await DeliverAsync(early ? [.. decided, roster] : [roster, .. decided]);
        await DeliverAsync([.. decided.Reverse(), roster]);

        var rows = await fixture.Host.InDatabaseAsync(db => db.Roster.Where(r => r.CycleId == roster.CycleId).ToDictionaryAsync(r => r.OrganisationId, r => r.ExtendedUntil));
        Assert.Equal((CycleEvents.Opened.AddDays(9), CycleEvents.Opened.AddDays(5), null), (rows[p.ChanganPrimary.Id], rows[p.ChanganNineYear.Id], rows[p.ZhengdingJunior.Id]));
    }

    /// <summary>More time for one organisation alone, so many days after the opening.</summary>
    internal static ExtensionDecided Decided(Guid cycle, Organisation organisation, int days) => new()
    {
        ExtensionId = SupervisionFixture.NewId(),
        CycleId = cycle,
        OrganisationId = organisation.Id,
        OrganisationPath = organisation.Path,
        CoversSubtree = false,
        Approved = true,
        Until = CycleEvents.Opened.AddDays(days),
        DecidedBy = SupervisionFixture.NewId(),
        DecidedAt = CycleEvents.Opened,
    };

    private async Task DeliverAsync(object[] events)
    {
        foreach (var e in events)
        {
            await (e is ExtensionDecided decided ? fixture.Host.Events.DeliverAsync(decided) : fixture.Host.Events.DeliverAsync((CycleRosterPublished)e));
        }
    }
}
