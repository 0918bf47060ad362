using Gengdu.Contracts.Analytics.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests.Notices;

/// <summary>A kept question comes to its owner at its time, and its end to whoever has to know.</summary>
public sealed class SavedViewNoticesTests(SupervisionFixture fixture) : IClassFixture<SupervisionFixture>
{
    [Fact]
    public async Task Sent_BringsTheLink_OnceForEachSending()
    {
        var county = fixture.Province.Changan;
        var owner = await fixture.Province.PersonAsync(Roles.CountyReviewer, county);
        var sent = new SavedViewSent { ViewId = SupervisionFixture.NewId(), OwnerId = owner, OrganisationId = county.Id, SentAt = fixture.Host.Clock.GetUtcNow() };
        await fixture.Host.Events.DeliverAsync(sent);
        await fixture.Host.Events.DeliverAsync(sent);
        var told = Assert.Single(await ToldAsync(owner));
        Assert.Equal(("view-sent", $"/explore?view={sent.ViewId}", county.NameEn), (told.Kind, told.Link, told.Args["organisationEn"]));
        await fixture.Host.Events.DeliverAsync(sent with { SentAt = sent.SentAt.AddDays(1) });
        Assert.Equal(2, (await ToldAsync(owner)).Count);
    }

    [Fact]
    public async Task Stopped_IsToldToTheOwnerAndTheAdministratorsOfThePlace_WithTheReason()
    {
        var county = fixture.Province.Zhengding;
        var (owner, administrator, reviewer) = (await fixture.Province.PersonAsync(Roles.CountyReviewer, fixture.Province.Lianchi), await fixture.Province.PersonAsync(Roles.Administrator, county), await fixture.Province.PersonAsync(Roles.CountyReviewer, county));
        var stopped = new SavedViewStopped { ViewId = SupervisionFixture.NewId(), OwnerId = owner, OrganisationId = county.Id, Reason = "no-right", StoppedAt = fixture.Host.Clock.GetUtcNow() };
        await fixture.Host.Events.DeliverAsync(stopped);
        foreach (var person in new[] { owner, administrator })
        {
            var told = Assert.Single(await ToldAsync(person));
            Assert.Equal(("view-stopped", "its owner may not see the place any more"), (told.Kind, told.Args["reasonEn"]));
        }

        Assert.Empty(await ToldAsync(reviewer));
        // The place is out of the owner's sight by now, the notice is not.
        using var client = fixture.Host.CreateClient(owner);
        Assert.Contains("view-stopped", await client.GetStringAsync(new Uri("/api/supervision/notices", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sent_OfAPlaceThatIsNotKnown_TellsNobodyAnything()
    {
        var owner = SupervisionFixture.NewId();
        await fixture.Host.Events.DeliverAsync(new SavedViewSent { ViewId = SupervisionFixture.NewId(), OwnerId = owner, OrganisationId = SupervisionFixture.NewId(), SentAt = fixture.Host.Clock.GetUtcNow() });
        Assert.Empty(await ToldAsync(owner));
    }

    private Task<List<Notice>> ToldAsync(Guid person) => fixture.Host.InDatabaseAsync(db => db.Notices.AsNoTracking().Where(n => n.PersonId == person).ToListAsync());
}
