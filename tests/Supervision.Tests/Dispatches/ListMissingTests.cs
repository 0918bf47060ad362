using System.Net.Http.Json;
using Gengdu.Supervision.Dispatches;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Dispatches;

public sealed class ListMissingTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_NamesWhoIsNotWhole_NotTheExempt()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await world.ArriveAsync(0);
        await world.ArriveAsync(1, "teachers");
        Assert.Equal([(world.Roster[1].ReportId, 2, 1), (world.Roster[2].ReportId, 2, 0)], await MissingAsync(world));

        await fixture.Host.InDatabaseAsync(db => db.Roster.Where(row => row.ReportId == world.Roster[2].ReportId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ExemptAt, fixture.Host.Clock.GetUtcNow())));
        Assert.Equal([(world.Roster[1].ReportId, 2, 1)], await MissingAsync(world));
    }

    private static async Task<List<(Guid, int, int)>> MissingAsync(DispatchWorld world) =>
        [.. (await world.Client.GetFromJsonAsync<MissingResponse[]>($"/api/supervision/dispatches/missing?cycleId={world.Cycle}&organisationId={world.County.Id}", SupervisionFixture.Json))!
            .Select(missing => (missing.ReportId, missing.Owed, missing.Passed)).OrderBy(missing => missing.Passed == 1 ? 0 : 1)];
}
