using Gengdu.Analytics.Recounts;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Recounts;

public sealed class ListRecountsTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_ThoseOfOneCycle_OrOfAll()
    {
        var (one, other) = (await fixture.TamperedAsync(), await fixture.TamperedAsync());
        var (first, second) = (await fixture.RebuildAsync(one), await fixture.RebuildAsync(other));

        Assert.Equal([first.Id], (await fixture.ReadAsync<RecountResponse[]>($"/api/analytics/rebuilds?cycleId={one.Id}")).Select(r => r.Id));
        Assert.Superset(new HashSet<Guid> { first.Id, second.Id }, (await fixture.ReadAsync<RecountResponse[]>("/api/analytics/rebuilds")).Select(r => r.Id).ToHashSet());
    }

    [Fact]
    public async Task Get_NotTheProvince_Is403()
    {
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var refused = await city.GetAsync("/api/analytics/rebuilds");
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }
}
