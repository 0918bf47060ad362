using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Cycles;

public sealed class ReportExemptedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consume_BeforeOrAfterTheRoster_Twice_LeadsToTheSameRow(bool early)
    {
        var cycle = SupervisionFixture.NewId();
        var school = fixture.Host.Province.ChanganPrimary;
        var roster = CycleEvents.Roster(cycle, school);
        var exempted = Exempted(cycle, roster.Entries[0].ReportId, school);
        if (early)
        {
            await fixture.Host.Events.DeliverAsync(exempted);
        }

        await fixture.Host.Events.DeliverAsync(roster);
        await fixture.Host.Events.DeliverAsync(exempted);
        await fixture.Host.Events.DeliverAsync(exempted with { ExemptedAt = CycleEvents.Opened.AddDays(9) });
        var row = await fixture.Host.InDatabaseAsync(db => db.Roster.SingleAsync(r => r.ReportId == exempted.ReportId));
        Assert.Equal((CycleEvents.Opened.AddDays(2), school.Path), (row.ExemptAt!.Value, row.OrganisationPath));
        Assert.Equal(["curriculum", "teachers"], row.ModuleKeys);
    }

    private static ReportExempted Exempted(Guid cycle, Guid report, Organisation school) => new()
    {
        ReportId = report,
        CycleId = cycle,
        OrganisationId = school.Id,
        OrganisationPath = school.Path,
        Level = "school",
        Cause = "closed",
        RequestedBy = SupervisionFixture.NewId(),
        DecidedBy = SupervisionFixture.NewId(),
        ExemptedAt = CycleEvents.Opened.AddDays(2),
    };
}
