using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Notices;

/// <summary>A role that was given, and one that is about to end.</summary>
public sealed class RightNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    private DateOnly Today => HeldDays.DayOf(fixture.Host.Clock.GetUtcNow());

    [Fact]
    public async Task Given_FurtherOrForATime_IsToldOnce_TheFirstIsNot()
    {
        var deputy = await fixture.Province.PersonAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        var further = Given(deputy);
        await fixture.Host.Events.DeliverAsync(further);
        await fixture.Host.Events.DeliverAsync(further);
        var told = Assert.Single(await ToldAsync(deputy));
        Assert.Equal(("right-given", "审核人", "/", false), (told.Kind, told.Args["roleZh"], told.Link, told.Args.ContainsKey("lastDay")));

        var (fresh, guest) = (SupervisionFixture.NewId(), SupervisionFixture.NewId());
        // A new account with two roles at once.
        await fixture.Host.Events.DeliverAsync(Given(fresh));
        await fixture.Host.Events.DeliverAsync(Given(fresh) with { Role = Roles.Reporter });
        await fixture.Host.Events.DeliverAsync(Given(guest) with { ValidTo = new(2027, 1, 31) });
        Assert.Empty(await ToldAsync(fresh));
        Assert.Equal("2027-01-31", Assert.Single(await ToldAsync(guest)).Args["lastDay"]);
    }

    /// <summary>Taken away, changed, long ago: a replica that is filled again tells nobody anything.</summary>
    [Fact]
    public async Task Given_LongAgoChangedOrRemoved_IsNotTold()
    {
        var person = await fixture.Province.PersonAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        await fixture.Host.Events.DeliverAsync(Given(person) with { ValidFrom = Today.AddDays(-8) });
        await fixture.Host.Events.DeliverAsync(Given(person) with { Version = 2 });
        await fixture.Host.Events.DeliverAsync(Given(person) with { Removed = true });
        Assert.Empty(await ToldAsync(person));
    }

    [Fact]
    public async Task Ending_IsToldAWeekBefore_OrTheDayBeforeWhereItWasShort()
    {
        var (week, later, brief, last, ended) = (await EndingAsync(-30, 7), await EndingAsync(-30, 8), await EndingAsync(-2, 3), await EndingAsync(-2, 1), await EndingAsync(-30, -1));
        await TellAsync();
        await TellAsync();
        Assert.Equal(("right-ending", Today.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), (await ToldAsync(week)).Select(n => (n.Kind, n.Args["lastDay"])).Single());
        Assert.Single(await ToldAsync(last));
        foreach (var person in new[] { later, brief, ended })
        {
            Assert.Empty(await ToldAsync(person));
        }
    }

    private AssignmentChanged Given(Guid person) => new()
    {
        AssignmentId = SupervisionFixture.NewId(), PersonId = person, Role = Roles.Approver, OrganisationId = fixture.Province.ChanganPrimary.Id, ValidFrom = Today, Version = 1,
    };

    private async Task<Guid> EndingAsync(int from, int to)
    {
        var person = await fixture.Province.PersonAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        await fixture.Host.InDatabaseAsync(db => db.Set<Assignment>().Where(a => a.PersonId == person)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ValidFrom, Today.AddDays(from)).SetProperty(a => a.ValidTo, Today.AddDays(to))));
        return person;
    }

    private Task<int> TellAsync() => fixture.Host.InDatabaseAsync(db => RightNotices.TellEndingAsync(db, fixture.Host.Clock.GetUtcNow(), CancellationToken.None));

    private Task<List<Notice>> ToldAsync(Guid person) => fixture.Host.InDatabaseAsync(db => db.Notices.AsNoTracking().Where(n => n.PersonId == person).ToListAsync());
}
