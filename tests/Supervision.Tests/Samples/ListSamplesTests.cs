using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Samples;

namespace Gengdu.Supervision.Tests.Samples;

public sealed class ListSamplesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_OwnSamplesOfTheCycle_AndNobodyElses()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 1);
        var sample = await world.DrawnAsync();

        Assert.Equal([sample.Id], (await ListAsync(world.City, $"cycleId={world.Cycle}")).Items.Select(s => s.Id));
        Assert.Equal([sample.Id], (await ListAsync(world.City, $"cycleId={world.Cycle}&organisationId={world.County.Id}")).Items.Select(s => s.Id));
        Assert.Empty((await ListAsync(world.City, $"cycleId={world.Cycle}&organisationId={fixture.Province.Zhengding.Id}")).Items);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, world.County);
        Assert.Equal(world.County.NameZh, Assert.Single((await ListAsync(county, $"cycleId={world.Cycle}")).Items).Organisation.NameZh);
        using var other = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        Assert.Empty((await ListAsync(other, $"cycleId={world.Cycle}")).Items);
    }

    private static async Task<Page<SampleSummary>> ListAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<Page<SampleSummary>>($"/api/supervision/samples?{query}", SupervisionFixture.Json))!;
}
