namespace Gengdu.Organisations.Tests;

public sealed class AssignmentChangedConsumerTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>
{
    [Fact]
    public async Task Consume_RightGivenAndTakenAway_EndsAtOnce()
    {
        var county = OrganisationsFixture.Division("/1/2/3/", "county");
        var assigned = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(county);
        await fixture.DeliverAsync(assigned);
        Assert.True(await MayAsync(assigned.PersonId));

        await fixture.DeliverAsync(assigned with { Removed = true, Version = 2 });

        Assert.False(await MayAsync(assigned.PersonId));
    }

    [Fact]
    public async Task Consume_LateOlderEventAfterTheRemoval_DoesNotBringTheRightBack()
    {
        var county = OrganisationsFixture.Division("/1/2/3/", "county");
        var assigned = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(county);
        await fixture.DeliverAsync(assigned with { Removed = true, Version = 2 });

        await fixture.DeliverAsync(assigned);

        Assert.False(await MayAsync(assigned.PersonId));
    }

    [Fact]
    public async Task Consume_AssignmentBeforeItsOrganisation_CountsOnceTheOrganisationIsThere()
    {
        var county = OrganisationsFixture.Division("/1/2/3/", "county");
        var assigned = OrganisationsFixture.Assigned(county.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(assigned);
        Assert.False(await MayAsync(assigned.PersonId));

        await fixture.DeliverAsync(county);

        Assert.True(await MayAsync(assigned.PersonId));
    }

    [Fact]
    public async Task Consume_PersonMovedToAnotherCounty_KeepsNoLinkToTheOldOne()
    {
        var (old, now) = (OrganisationsFixture.Division("/1/2/31/", "county"), OrganisationsFixture.Division("/1/2/32/", "county"));
        var assigned = OrganisationsFixture.Assigned(old.OrganisationId, Roles.CountyReviewer);
        await fixture.DeliverAsync(old);
        await fixture.DeliverAsync(now);
        await fixture.DeliverAsync(assigned);

        await fixture.DeliverAsync(assigned with { OrganisationId = now.OrganisationId, Version = 2 });

        var caller = await fixture.Access.CallerAsync(assigned.PersonId, CancellationToken.None);
        Assert.Equal((false, true), (caller.Sees("/1/2/31/7/"), caller.Sees("/1/2/32/7/")));
    }

    private async Task<bool> MayAsync(Guid person) =>
        (await fixture.Access.CallerAsync(person, CancellationToken.None)).MayActAs("/1/2/3/4/", Roles.CountyReviewer);
}
