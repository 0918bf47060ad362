using System.Net;
using Gengdu.Analytics.Recounts;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests.Recounts;

public sealed class CancelRecountTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Delete_OneThatWaits_EndsItAtOnce_AndASecondTimeIs409()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var cycle = await fixture.TamperedAsync();
        var (id, holder) = await fixture.HeldAsync(cycle, "waiting");
        await using var held = holder;

        using var cancelled = await owner.DeleteAsync($"/api/analytics/rebuilds/{id}");

        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (cancelled.StatusCode, (await fixture.ReadAsync<RecountResponse>($"/api/analytics/rebuilds/{id}")).State));
        using var again = await owner.DeleteAsync($"/api/analytics/rebuilds/{id}");
        await AnalyticsFixture.RefusedAsync(again, 409, "ANA-0005");
        Assert.Equal(1, (await fixture.RebuildAsync(cycle)).Differences);
        Assert.Equal(
            [("figures.rebuild-asked", null), ("figures.rebuild-cancelled", null), ("figures.rebuilt", 1)],
            (await fixture.Host.AuditOfAsync(cycle.Id)).OrderBy(entry => entry.Act, StringComparer.Ordinal).Select(entry => (entry.Act, entry.Rows)));
    }

    [Fact]
    public async Task Delete_OneThatRuns_EndsItBeforeItWritesAFigure()
    {
        using var owner = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Root);
        var cycle = await fixture.TamperedAsync();
        var (id, holder) = await fixture.HeldAsync(cycle, "running");

        using var asked = await owner.DeleteAsync($"/api/analytics/rebuilds/{id}");
        Assert.Equal((HttpStatusCode.Accepted, "running"), (asked.StatusCode, (await fixture.ReadAsync<RecountResponse>($"/api/analytics/rebuilds/{id}")).State));
        // Whoever held it is gone: the one that takes it over finds that nobody wants it any more.
        await fixture.GoneAsync(holder);
        fixture.WakeWorker();

        Assert.Equal("cancelled", (await fixture.EndedAsync(id)).State);
        Assert.Equal(99m, await fixture.StoredAsync(cycle));
    }

    [Fact]
    public async Task Delete_NotTheProvince_Is403_AndUnknown_Is404()
    {
        using var city = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Shijiazhuang);
        using var refused = await city.DeleteAsync($"/api/analytics/rebuilds/{AnalyticsFixture.NewId()}");
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var unknown = await owner.DeleteAsync($"/api/analytics/rebuilds/{AnalyticsFixture.NewId()}");
        await AnalyticsFixture.RefusedAsync(unknown, 404, "GEN-0006");
    }
}
