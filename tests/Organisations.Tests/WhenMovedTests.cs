using Gengdu.Contracts.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations.Tests;

public sealed class WhenMovedTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>
{
    [Fact]
    public async Task Consume_TellsTheServiceWhatMoved_AndNothingElse()
    {
        var school = OrganisationsFixture.Division("/1/21/5/", "school");

        await fixture.DeliverAsync(school);
        Assert.Equal(1, Told(school));
        await fixture.DeliverAsync(school with { NameZh = "改名", Version = 2 });
        Assert.Equal(1, Told(school));
        await fixture.DeliverAsync(school with { Path = "/1/22/5/", Version = 4 });
        Assert.Equal(2, Told(school));
        await fixture.DeliverAsync(school with { Path = "/1/22/5/", LevelRoles = ["city", "county"], Version = 5 });
        Assert.Equal(3, Told(school));
        // Late: the replica stays, but a closed cycle may belong to that place.
        await fixture.DeliverAsync(school with { Path = "/1/23/5/", Version = 3 });
        Assert.Equal(4, Told(school));
        Assert.Equal("/1/22/5/", await fixture.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == school.OrganisationId).Select(o => o.Path).SingleAsync()));
    }

    [Fact]
    public async Task Consume_ACountyWithItsSchools_IsToldAsAWhole()
    {
        var county = OrganisationsFixture.Division("/1/31/", "county");
        OrganisationChanged[] all = [county, .. Enumerable.Range(0, 100).Select(i => OrganisationsFixture.Division($"/1/31/{i}/", "school"))];
        await Task.WhenAll(all.Select(e => fixture.DeliverAsync(e)));
        fixture.Moved.Clear();

        await Task.WhenAll(all.Select(e => fixture.DeliverAsync(e with { Path = e.Path.Replace("/31/", "/9/31/", StringComparison.Ordinal), Version = 2 })));

        Assert.Equal(101, fixture.Moved.SelectMany(ids => ids).Intersect(all.Select(e => e.OrganisationId)).Count());
        Assert.True(fixture.Moved.Count <= 3, $"{fixture.Moved.Count} batches for one county");
    }

    [Fact]
    public async Task Consume_OneVersionTwiceWithTwoTimes_TheEarlierHolds()
    {
        var school = OrganisationsFixture.Division("/1/41/5/", "school");
        var at = new DateTimeOffset(2026, 9, 15, 8, 0, 0, TimeSpan.Zero);

        await fixture.DeliverAsync(school with { ChangedAt = at.AddHours(1) });
        await fixture.DeliverAsync(school with { ChangedAt = at });
        await fixture.DeliverAsync(school with { ChangedAt = at.AddHours(2) });

        Assert.Equal(at, await fixture.InDatabaseAsync(db => db.Set<OrganisationPlace>().Where(p => p.OrganisationId == school.OrganisationId).Select(p => p.ChangedAt).SingleAsync()));
    }

    [Fact]
    public async Task Rights_OfAPlaceThatMoved_ReachItsFormerPathToo()
    {
        var county = OrganisationsFixture.Division("/1/51/", "county");
        var reviewer = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(county);
        await fixture.DeliverAsync(reviewer);

        await fixture.DeliverAsync(county with { Path = "/1/8/51/", Version = 2 });

        var caller = await fixture.Access.CallerAsync(reviewer.PersonId, CancellationToken.None);
        Assert.True(caller.Sees("/1/8/51/7/") && caller.Sees("/1/51/7/"));
        Assert.False(caller.Sees("/1/8/52/7/"));
    }

    private int Told(OrganisationChanged e) => fixture.Moved.Count(ids => ids.Contains(e.OrganisationId));
}
