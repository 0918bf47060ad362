using Gengdu.Contracts.Reporting.V1;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Cycles;

/// <summary>Whatever writes figures of a cycle waits for another process that does, before it reads anything of it.</summary>
public sealed class CycleLockTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Theory]
    [InlineData("submitted")]
    [InlineData("returned")]
    [InlineData("approved")]
    [InlineData("exempted")]
    [InlineData("roster")]
    [InlineData("programme")]
    [InlineData("moved")]
    [InlineData("closed")]
    public async Task Event_WaitsForWhoeverHasTheCycle(string what)
    {
        var p = fixture.Province;
        var school = await p.SchoolAsync(p.Changan);
        var cycle = await new TestCycle(fixture, school).OpenedAsync();
        await cycle.DeliverAsync(TestProgramme.Published(cycle.Version + ".1"));
        Task delivered;
        await using (var another = await Held.ByAsync(fixture, $"select pg_advisory_xact_lock(hashtextextended('cycle {cycle.Id}', 7305))"))
        {
            delivered = what switch
            {
                "submitted" => cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3))),
                "returned" => cycle.DeliverAsync(cycle.Returned(school, "basics", revision: 1, version: 1)),
                "approved" => cycle.DeliverAsync(cycle.Approved("county", 11, (school, "basics", 1, 1))),
                "exempted" => cycle.DeliverAsync(new ReportExempted
                {
                    ReportId = cycle.Report(school, "report"), CycleId = cycle.Id, OrganisationId = school.Id, OrganisationPath = school.Path, Level = "school", Cause = "closed",
                    RequestedBy = AnalyticsFixture.NewId(), DecidedBy = AnalyticsFixture.NewId(), ExemptedAt = TestCycle.Start.AddDays(1),
                }),
                "roster" => cycle.DeliverAsync(cycle.Roster()),
                "programme" => cycle.DeliverAsync(cycle.Changed(cycle.Version + ".1")),
                "moved" => cycle.DeliverAsync(school.MovedTo(p.Lianchi, TestCycle.Start.AddDays(1))),
                _ => cycle.DeliverAsync(new CycleClosed { CycleId = cycle.Id, ClosedAt = TestCycle.Start.AddDays(1) }),
            };
            await another.BlocksAsync(delivered);
        }

        await delivered;
    }
}
