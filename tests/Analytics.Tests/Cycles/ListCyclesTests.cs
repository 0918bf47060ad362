using System.Net.Http.Json;
using Gengdu.Analytics.Cycles;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

namespace Gengdu.Analytics.Tests.Cycles;

public sealed class ListCyclesTests(AnalyticsFixture fixture) : IClassFixture<AnalyticsFixture>
{
    [Fact]
    public async Task Get_ClosedBeforeItWasKnown_IsListedAsClosed()
    {
        var p = fixture.Province;
        var (open, closed) = (new TestCycle(fixture, p.ChanganPrimary), new TestCycle(fixture, p.ChanganPrimary));
        await closed.DeliverAsync(new CycleClosed { CycleId = closed.Id, ClosedAt = TestCycle.Start.AddDays(1) });
        await closed.DeliverAsync(closed.Opened());
        await open.DeliverAsync(open.Opened());
        using var client = await fixture.ClientAsync(Roles.Reporter, p.ChanganPrimary);

        var page = await client.GetFromJsonAsync<Page<CycleResponse>>("/api/analytics/cycles?page=1&pageSize=500", AnalyticsFixture.Json);

        var states = page!.Items.ToDictionary(cycle => cycle.Id, cycle => cycle.State);
        Assert.Equal(("open", "closed"), (states[open.Id], states[closed.Id]));
        Assert.Equal(TestCycle.Start.AddDays(30), page.Items.Single(cycle => cycle.Id == open.Id).Deadlines["school"]);
    }

    [Fact]
    public async Task Get_PersonWithoutAnyRight_Is403()
    {
        using var client = fixture.Host.CreateClient(AnalyticsFixture.NewId());
        using var refused = await client.GetAsync("/api/analytics/cycles");
        await AnalyticsFixture.RefusedAsync(refused, 403, "GEN-0005");
    }
}
