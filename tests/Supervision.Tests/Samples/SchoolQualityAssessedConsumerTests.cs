using Gengdu.Supervision.Samples;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Samples;

public sealed class SchoolQualityAssessedConsumerTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Consume_AnyOrderAndTwice_KeepsTheNewestOfEachSchool()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 2);
        var (first, second, third) = (world.Judged(1, 50, 60), world.Judged(2, 70), world.Judged(3, null, 90));
        foreach (var e in new[] { second, first, third, second, first })
        {
            await fixture.Host.Events.DeliverAsync(e);
        }

        Assert.Equal([(null, 3L), (90, 3L)], await ScoresAsync());

        // The same school twice in one event.
        await fixture.Host.Events.DeliverAsync(world.Judged(4, 10) with { Schools = [.. world.Judged(5, 20).Schools, .. world.Judged(4, 10).Schools] });
        Assert.Equal([(20, 5L), (90, 3L)], await ScoresAsync());

        async Task<IEnumerable<(int? Score, long Version)>> ScoresAsync()
        {
            var rows = await fixture.Host.InDatabaseAsync(db => db.Set<SchoolQuality>().AsNoTracking().Where(q => q.CycleId == world.Cycle).ToDictionaryAsync(q => q.OrganisationId));
            return world.Submitted.Select(s => (rows[s.OrganisationId].Score, rows[s.OrganisationId].Version));
        }
    }
}
