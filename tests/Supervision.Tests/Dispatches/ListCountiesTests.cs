using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Dispatches;

namespace Gengdu.Supervision.Tests.Dispatches;

public sealed class ListCountiesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Get_CityAndProvince_SeeWhoIsMissingAndWhy()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        await world.ArriveAsync(0);
        await world.SentAsync(1, 2);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        foreach (var (client, at) in new[] { (world.City, fixture.Province.Baoding), (owner, fixture.Province.Root) })
        {
            var counties = await client.GetFromJsonAsync<CountyResponse[]>($"/api/supervision/dispatches?cycleId={world.Cycle}&organisationId={at.Id}", SupervisionFixture.Json);
            var county = Assert.Single(counties!, one => one.Organisation.Id == world.County.Id);
            Assert.Equal((3, 1, 2), (county.Owed, county.Arrived, county.Dispatch!.Gaps.Count));
            Assert.All(counties!.Where(one => one.Organisation.Id != world.County.Id), one => Assert.Equal((0, null), (one.Owed, one.Dispatch)));
        }
    }

    [Fact]
    public async Task Get_ZoneWithinACounty_CountsItsOwnSchools()
    {
        using var world = await DispatchWorld.MadeAsync(fixture);
        var zone = await fixture.Province.DivisionAsync(world.County, "county");
        await fixture.Host.Events.DeliverAsync(Cycles.CycleEvents.Roster(world.Cycle, await fixture.Province.SchoolAsync(zone)) with { Part = 2, Parts = 2 });

        var counties = await world.City.GetFromJsonAsync<CountyResponse[]>($"/api/supervision/dispatches?cycleId={world.Cycle}&organisationId={world.County.Id}", SupervisionFixture.Json);

        Assert.Equal([(world.County.Id, 3), (zone.Id, 1)], counties!.OrderByDescending(one => one.Owed).Select(one => (one.Organisation.Id, one.Owed)));
    }

    [Theory]
    [InlineData(Roles.CountyReviewer, 404, "GEN-0006")]
    [InlineData(Roles.Administrator, 403, "GEN-0005")]
    public async Task Get_OutsideOrWithoutAReviewingRole_IsRefused(string role, int status, string code)
    {
        using var client = await fixture.ClientAsync(role, role == Roles.Administrator ? fixture.Province.Baoding : fixture.Province.Changan);
        foreach (var path in new[] { "", "/missing" })
        {
            using var refused = await client.GetAsync($"/api/supervision/dispatches{path}?cycleId={SupervisionFixture.NewId()}&organisationId={fixture.Province.Baoding.Id}");
            await SupervisionFixture.RefusedAsync(refused, status, code);
        }
    }
}
