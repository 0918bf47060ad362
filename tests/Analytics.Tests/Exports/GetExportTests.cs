using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Exports;

[Collection(nameof(ExportsShared))]
public sealed class GetExportTests(AnalyticsFixture fixture)
{
    [Fact]
    public async Task Get_OfSomebodyElse_OfAPlaceOneNoLongerSees_OrExpired_Is404()
    {
        var cycle = await new TestCycle(fixture, fixture.Province.ChanganPrimary).OpenedAsync();
        var person = await fixture.Province.PersonAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var (kept, expired) = (AnalyticsFixture.NewId(), AnalyticsFixture.NewId());
        await fixture.KeptAsync(kept, cycle, person, "finished");
        await fixture.KeptAsync(expired, cycle, person, "finished", expires: fixture.Host.Clock.GetUtcNow());
        using var own = fixture.Host.CreateClient(person);
        using var other = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using (var seen = await own.GetAsync($"/api/analytics/exports/{kept}"))
        {
            Assert.True(seen.IsSuccessStatusCode);
        }

        await fixture.Province.RemoveAsync(person);
        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(3));
        foreach (var (client, id) in new[] { (other, kept), (own, expired), (own, kept), (other, AnalyticsFixture.NewId()) })
        {
            using var refused = await client.GetAsync($"/api/analytics/exports/{id}");
            await AnalyticsFixture.RefusedAsync(refused, 404, "GEN-0006");
        }
    }
}
