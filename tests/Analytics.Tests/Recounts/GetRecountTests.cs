using Gengdu.Analytics.Recounts;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Recounts;

public sealed class GetRecountTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_SaysHowFarItIs_AndWhatItFound()
    {
        var cycle = await fixture.TamperedAsync();
        var (id, holder) = await fixture.HeldAsync(cycle, "running");
        var running = await fixture.ReadAsync<RecountResponse>($"/api/analytics/rebuilds/{id}");
        Assert.Equal(("rebuild", "running", 2, 1), (running.Kind, running.State, running.Organisations, running.Done));

        await fixture.GoneAsync(holder);
        fixture.WakeWorker();
        var found = await fixture.EndedAsync(id);

        // Nine figures of each school and of county, city and province; completeness of all five places.
        Assert.Equal(("finished", 2, 2, 1, 1), (found.State, found.Organisations, found.Done, found.ModuleReports, found.Differences));
        Assert.Equal([$"K01 {fixture.Province.Root.Path}"], found.Examples);
        Assert.Equal((2 * 8) + (3 * 8) + 5, found.Figures);
        Assert.NotNull(found.SwapMilliseconds);
        Assert.Equal(1m, await fixture.StoredAsync(cycle));
    }

    [Fact]
    public async Task Get_NotTheProvince_Is403_AndUnknown_Is404()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var refused = await county.GetAsync($"/api/analytics/rebuilds/{AnalyticsFixture.NewId()}");
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var unknown = await owner.GetAsync($"/api/analytics/rebuilds/{AnalyticsFixture.NewId()}");
        await AnalyticsFixture.RefusedAsync(unknown, 404, "GEN-0006");
    }
}
