using System.Net.Http.Json;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Tests.Samples;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Reviews;

public sealed class GetQueuePlacesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private TestProvince P => fixture.Province;

    /// <summary>Each place's counts are the queue's of that place, and they leave nothing out.</summary>
    [Fact]
    public async Task Get_EachPlace_AgreesWithItsQueue()
    {
        var cycle = SupervisionFixture.NewId();
        foreach (var school in new[] { P.ChanganPrimary, P.ChanganNineYear, P.ZhengdingJunior, P.LianchiVocational, P.DingzhouPrimary })
        {
            await fixture.SubmittedAsync(school, cycle);
            await fixture.SubmittedAsync(school, cycle, moduleKey: "teachers");
        }

        await fixture.ApprovedAsync(await fixture.SubmittedAsync(P.ChanganPrimary, cycle, moduleKey: "safety"), Roles.CountyReviewer, P.Changan);
        await fixture.SubmittedAsync(P.Changan, cycle, "county", "county-department");
        foreach (var (role, at, step) in new[] { (Roles.CitySupervisor, P.Shijiazhuang, "city"), (Roles.ProvinceOwner, P.Root, "county"), (Roles.ProvinceOwner, P.Root, "province") })
        {
            using var client = await fixture.ClientAsync(role, at);
            var places = await PlacesAsync(client, $"cycleId={cycle}&step={step}");
            Assert.Equal(places.Select(place => place.Code).Order(StringComparer.Ordinal), places.Select(place => place.Code));
            var sum = new Dictionary<string, int>();
            foreach (var place in places)
            {
                var queue = await QueueAsync(client, $"cycleId={cycle}&organisationId={place.OrganisationId}");
                Assert.Equal(queue.Counts.OrderBy(count => count.Key, StringComparer.Ordinal), place.Counts.OrderBy(count => count.Key, StringComparer.Ordinal));
                var waiting = await QueueAsync(client, $"cycleId={cycle}&step={step}&organisationId={place.OrganisationId}");
                Assert.Equal(waiting.Items.Count(item => item.Level == ReviewLevel.School), place.Schools);
                foreach (var (state, count) in place.Counts)
                {
                    sum[state] = sum.GetValueOrDefault(state) + count;
                }
            }

            Assert.Equal((await QueueAsync(client, $"cycleId={cycle}")).Counts.OrderBy(count => count.Key, StringComparer.Ordinal), sum.OrderBy(count => count.Key, StringComparer.Ordinal));
        }
    }

    /// <summary>A report of which nothing is asked any more still waits to be decided, and is not drawn.</summary>
    [Fact]
    public async Task Get_Drawable_LeavesOutTheExempt()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 2);
        await world.ExemptAsync(world.Submitted[0]);
        var place = (await PlacesAsync(world.City, $"cycleId={world.Cycle}&step=city")).Single(one => one.OrganisationId == world.County.Id);
        Assert.Equal((2, 1), (place.Schools, place.Drawable));
        Assert.Equal(1, (await world.AnnouncedAsync()).Candidates);
    }

    /// <summary>What a sample announced now would list is what is offered: the announcement is asked each time.</summary>
    [Fact]
    public async Task Get_Drawable_IsWhatASampleWouldList()
    {
        using var world = await SampleWorld.WithSchoolsAsync(fixture, 4);
        var (own, cycle) = (await P.DivisionAsync(P.Shijiazhuang, "county"), world.Cycle);
        // Only the department's own form waits from there: that is read, never drawn.
        await fixture.SubmittedAsync(own, cycle, "county", "county-department");
        var (lone, drawable) = (await PlaceAsync(own), await PlaceAsync(world.County));
        Assert.Equal((1, 0, 0), (lone.Counts["city-review"], lone.Schools, lone.Drawable));
        Assert.Equal((4, 4, 4), (drawable.Counts["city-review"], drawable.Schools, drawable.Drawable));
        using (var refused = await world.City.PostAsJsonAsync("/api/supervision/samples", new { cycleId = cycle, step = "city", organisationId = own.Id }))
        {
            await SupervisionFixture.RefusedAsync(refused, 409, "SUP-0031");
        }

        Assert.Equal(drawable.Drawable, (await world.AnnouncedAsync()).Candidates);
        Assert.Equal((4, 0), await PlaceAsync(world.County) is var listed ? (listed.Schools, listed.Drawable) : default);
        // One of the list is given back and comes again: the newer revision is in no list.
        using (var returned = await SupervisionFixture.ReturnAsync(world.City, await fixture.ReviewAsync(world.Submitted[0])))
        {
            Assert.True(returned.IsSuccessStatusCode);
        }

        await fixture.Host.Events.DeliverAsync(world.Submitted[0] with { Revision = 2 });
        await world.AtTheCityAsync();
        Assert.Equal((4, 1), await PlaceAsync(world.County) is var again ? (again.Schools, again.Drawable) : default);
        // The county's step is read by the county itself: nothing is drawn there.
        Assert.All(await PlacesAsync(world.City, $"cycleId={cycle}&step=county"), place => Assert.Equal(0, place.Drawable));

        async Task<QueuePlace> PlaceAsync(Organisation county) =>
            (await PlacesAsync(world.City, $"cycleId={cycle}&step=city&organisationId={P.Shijiazhuang.Id}")).Single(place => place.OrganisationId == county.Id);
    }

    [Fact]
    public async Task Get_Refusals()
    {
        var cycle = SupervisionFixture.NewId();
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, P.Shijiazhuang);
        foreach (var (query, status, code) in new[]
        {
            ($"cycleId={cycle}", 400, "GEN-0010"), ($"cycleId={cycle}&step=village", 400, "GEN-0010"), ("step=city", 400, "GEN-0010"),
            ($"cycleId={cycle}&step=city&organisationId={P.Baoding.Id}", 404, "GEN-0006"), ($"cycleId={cycle}&step=city&organisationId={SupervisionFixture.NewId()}", 404, "GEN-0006"),
        })
        {
            using var refused = await city.GetAsync(new Uri($"/api/supervision/queue/places?{query}", UriKind.Relative));
            await SupervisionFixture.RefusedAsync(refused, status, code);
        }

        foreach (var role in new[] { Roles.Administrator, Roles.Auditor })
        {
            using var without = await fixture.ClientAsync(role, P.Shijiazhuang);
            using var refused = await without.GetAsync(new Uri($"/api/supervision/queue/places?cycleId={cycle}&step=city", UriKind.Relative));
            await SupervisionFixture.RefusedAsync(refused, 403, "GEN-0005");
        }
    }

    private static async Task<IReadOnlyList<QueuePlace>> PlacesAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<QueuePlacesResponse>($"/api/supervision/queue/places?{query}", SupervisionFixture.Json))!.Places;

    private static async Task<QueueResponse> QueueAsync(HttpClient client, string query) =>
        (await client.GetFromJsonAsync<QueueResponse>($"/api/supervision/queue?{query}", SupervisionFixture.Json))!;
}
