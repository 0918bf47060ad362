using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations.Tests;

public sealed class AccessCacheTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>
{
    [Fact]
    public async Task Rights_AreRememberedForTwoSecondsAndNoLonger()
    {
        var county = OrganisationsFixture.Division("/1/2/3/", "county");
        var assigned = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(county);
        await fixture.DeliverAsync(assigned);
        Assert.Single(await RightsAsync(assigned.PersonId));

        // Another process applied the removal: this one got no event.
        await fixture.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == assigned.PersonId).ExecuteUpdateAsync(a => a.SetProperty(x => x.Removed, true)));

        fixture.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Single(await RightsAsync(assigned.PersonId));
        fixture.Clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Empty(await RightsAsync(assigned.PersonId));
    }

    [Fact]
    public async Task Rights_AreForgottenAtOnceWhenAnyEventChangesTheReplica()
    {
        var county = OrganisationsFixture.Division("/1/2/3/", "county");
        var assigned = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(county);
        await fixture.DeliverAsync(assigned);
        Assert.Equal("/1/2/3/", Assert.Single(await RightsAsync(assigned.PersonId)).Path);

        await fixture.DeliverAsync(county with { Path = "/1/8/3/", Version = 2 });

        Assert.Contains(await RightsAsync(assigned.PersonId), right => right.Path == "/1/8/3/");
    }

    [Theory]
    [InlineData("2026-09-16", null, 0)]
    [InlineData("2026-09-15", null, 1)]
    [InlineData("2026-09-01", "2026-09-15", 1)]
    [InlineData("2026-09-01", "2026-09-14", 0)]
    public async Task Rights_HoldFromTheFirstToTheLastDayInShanghai(string from, string? to, int rights)
    {
        var county = OrganisationsFixture.Division("/1/2/3/", "county");
        var assigned = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer) with
        {
            ValidFrom = DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture),
            ValidTo = to is null ? null : DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture),
        };
        await fixture.DeliverAsync(county);
        await fixture.DeliverAsync(assigned);

        Assert.Equal(rights, (await RightsAsync(assigned.PersonId)).Count);
    }

    [Fact]
    public async Task Rights_AtADualNode_CarryBothLevels()
    {
        var dingzhou = OrganisationsFixture.Division("/1/9/", "city", "county");
        var assigned = OrganisationsFixture.Assigned(dingzhou.OrganisationId, Roles.CitySupervisor);
        await fixture.DeliverAsync(dingzhou);
        await fixture.DeliverAsync(assigned);

        var right = Assert.Single(await RightsAsync(assigned.PersonId));

        Assert.Equal(["city", "county"], right.LevelRoles);
        Assert.True(right.Covers("/1/9/4/"));
    }

    private async Task<IReadOnlyList<Right>> RightsAsync(Guid person) => await fixture.Access.RightsOfAsync(person, CancellationToken.None);
}
