using Gengdu.Contracts.Supervision.V1;

namespace Gengdu.Analytics.Tests.Reviews;

/// <summary>Withdrawn or unlocked: the values count until the next revision comes, as approved by nobody.</summary>
public sealed class GivenBackTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task WithdrawnAndUnlocked_CountAsReturned_AnOlderAcceptanceDoesNotBringThemBack()
    {
        var p = fixture.Province;
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear).OpenedAsync();
        await cycle.DeliverAllAsync([
            cycle.Submitted(p.ChanganPrimary, "basics", TestProgramme.Basics("g1", 100, 9)),
            cycle.Submitted(p.ChanganNineYear, "basics", TestProgramme.Basics("g1", 100, 9)),
        ]);
        var (withdrawn, unlocked) = (cycle.Returned(p.ChanganPrimary, "basics", 1, 2), cycle.Returned(p.ChanganNineYear, "basics", 1, 6));

        await cycle.DeliverAsync(new ModuleReportWithdrawn
        {
            ReviewId = withdrawn.ReviewId, ModuleReportId = withdrawn.ModuleReportId, Revision = 1, CycleId = cycle.Id, OrganisationId = withdrawn.OrganisationId,
            WithdrawnBy = withdrawn.ReturnedBy, WithdrawnAt = withdrawn.ReturnedAt, ReviewVersion = 2,
        });
        await cycle.DeliverAsync(new ModuleReportUnlocked
        {
            ReviewId = unlocked.ReviewId, ModuleReportId = unlocked.ModuleReportId, Revision = 1, CycleId = cycle.Id, OrganisationId = unlocked.OrganisationId,
            UnlockedBy = unlocked.ReturnedBy, UnlockedAt = unlocked.ReturnedAt, Words = "同意", ReviewVersion = 6,
        });
        await cycle.DeliverAsync(cycle.Accepted(13, (p.ChanganNineYear, "basics", 1, 4)));

        var completeness = (await fixture.NodeAsync(cycle, p.Changan)).Completeness;
        Assert.Equal((2, 2, 0), (completeness.Submitted, completeness.Returned, completeness.Accepted));
        Assert.Equal(0, (await fixture.RebuildAsync(cycle)).Differences);
    }
}
