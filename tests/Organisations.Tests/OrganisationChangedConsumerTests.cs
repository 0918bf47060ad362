using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations.Tests;

public sealed class OrganisationChangedConsumerTests(OrganisationsFixture fixture) : IClassFixture<OrganisationsFixture>
{
    [Fact]
    public async Task Consume_CopiesTheWholeState()
    {
        var changed = OrganisationsFixture.Division("/1/2/3/4/", "school") with
        {
            ParentId = OrganisationsFixture.NewId(), Code = "1301020001", Kind = "school", SchoolType = "nine-year", UrbanRural = "rural", RunBy = "private",
            Grades = ["g1", "g9"], ValidTo = new(2030, 8, 31), Version = 7,
        };

        await fixture.DeliverAsync(changed);

        var o = await fixture.InDatabaseAsync(db => db.Organisations.SingleAsync(row => row.Id == changed.OrganisationId));
        Assert.Equal((changed.ParentId, changed.Path, changed.Code, changed.NameZh, changed.NameEn), (o.ParentId, o.Path, o.Code, o.NameZh, o.NameEn));
        Assert.Equal((changed.Kind, changed.SchoolType, changed.UrbanRural, changed.RunBy), (o.Kind, o.SchoolType, o.UrbanRural, o.RunBy));
        Assert.Equal((changed.ValidFrom, changed.ValidTo, changed.Version), (o.ValidFrom, o.ValidTo, o.Version));
        Assert.Equal(changed.LevelRoles, o.LevelRoles);
        Assert.Equal(changed.Grades, o.Grades);
    }

    [Theory]
    [InlineData(new long[] { 1, 2, 3 })]
    [InlineData(new long[] { 3, 1, 2 })]
    [InlineData(new long[] { 2, 3, 3, 1 })]
    [InlineData(new long[] { 3, 2, 1 })]
    public async Task Consume_VersionsInAnyOrder_KeepsTheHighest(long[] versions)
    {
        var changed = OrganisationsFixture.Division("/1/2/", "city");
        foreach (var version in versions)
        {
            await fixture.DeliverAsync(changed with { Version = version, NameZh = $"第{version}版" });
        }

        var row = await fixture.InDatabaseAsync(db => db.Organisations.SingleAsync(o => o.Id == changed.OrganisationId));
        Assert.Equal((3L, "第3版"), (row.Version, row.NameZh));
    }

    [Fact]
    public async Task Consume_TenVersionsAtOnce_KeepsTheHighest()
    {
        var changed = OrganisationsFixture.Division("/1/2/", "city");

        await Task.WhenAll(Enumerable.Range(1, 10).Select(version => fixture.DeliverAsync(changed with { Version = version })));

        Assert.Equal(10, await fixture.InDatabaseAsync(db => db.Organisations.Where(o => o.Id == changed.OrganisationId).Select(o => o.Version).SingleAsync()));
    }

    [Fact]
    public async Task Consume_SchoolMoved_OldCountyLosesItAtOnceAndTheNewOneGainsIt()
    {
        var (old, now) = (OrganisationsFixture.Division("/1/21/", "county"), OrganisationsFixture.Division("/1/22/", "county"));
        var school = OrganisationsFixture.Division("/1/21/5/", "school");
        var (oldReviewer, newReviewer) = (OrganisationsFixture.Assigned(old.OrganisationId, Roles.CountyReviewer), OrganisationsFixture.Assigned(now.OrganisationId, Roles.CountyReviewer));
        foreach (var changed in new[] { old, now, school })
        {
            await fixture.DeliverAsync(changed);
        }

        await fixture.DeliverAsync(oldReviewer);
        await fixture.DeliverAsync(newReviewer);
        Assert.Equal((1, 0), (await SeenAsync(oldReviewer.PersonId, school.OrganisationId), await SeenAsync(newReviewer.PersonId, school.OrganisationId)));

        await fixture.DeliverAsync(school with { Path = "/1/22/5/", Version = 2 });

        Assert.Equal((0, 1), (await SeenAsync(oldReviewer.PersonId, school.OrganisationId), await SeenAsync(newReviewer.PersonId, school.OrganisationId)));
    }

    private async Task<int> SeenAsync(Guid person, Guid organisation)
    {
        var caller = await fixture.Access.CallerAsync(person, CancellationToken.None);
        return await fixture.InDatabaseAsync(db => db.Organisations.VisibleTo(caller, o => o.Path).CountAsync(o => o.Id == organisation));
    }
}
