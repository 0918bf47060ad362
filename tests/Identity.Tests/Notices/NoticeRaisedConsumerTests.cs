using Gengdu.Contracts.Supervision.V1;
using Gengdu.Identity.Notices;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>What comes of a notice that supervision raised: once for each channel, whatever the broker does.</summary>
public sealed class NoticeRaisedConsumerTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    private const string Changan = "130102";

    [Fact]
    public async Task Notice_ThatComesThreeTimes_IsPlannedOnce()
    {
        var notice = Notice(await ReachableAsync());
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await fixture.Host.Events.DeliverAsync(notice, id);
        await fixture.Host.Events.DeliverAsync(notice, id);
        await fixture.Host.Events.DeliverAsync(notice);
        Assert.Equal([Channels.Mail], (await DeliveriesAsync(notice)).Select(d => d.Channel));
    }

    [Fact]
    public async Task Notice_WithoutAddress_ForADisabledOrUnknownPerson_StaysInTheWebApp()
    {
        var (without, disabled) = (await fixture.Host.PersonAsync(Roles.Reporter, Changan), await ReachableAsync());
        await fixture.Host.InDatabaseAsync(db => db.People.Where(p => p.Id == disabled).ExecuteUpdateAsync(set => set.SetProperty(p => p.DisabledAt, Now)));
        foreach (var person in new[] { without, disabled, Guid.CreateVersion7(Now) })
        {
            var notice = Notice(person);
            await fixture.Host.Events.DeliverAsync(notice);
            Assert.Empty(await DeliveriesAsync(notice));
        }
    }

    [Fact]
    public async Task Notice_OlderThanAWeek_DisturbsNobody()
    {
        var person = await ReachableAsync();
        var (late, tooLate) = (Notice(person) with { RaisedAt = Now.AddDays(-6) }, Notice(person) with { RaisedAt = Now.AddDays(-8) });
        await fixture.Host.Events.DeliverAsync(tooLate);
        await fixture.Host.Events.DeliverAsync(late);
        Assert.Empty(await DeliveriesAsync(tooLate));
        Assert.NotEmpty(await DeliveriesAsync(late));
    }

    [Fact]
    public async Task Notice_ThatIsNotUrgent_WaitsForTheDigestAndSendsNoMessage()
    {
        var notice = Notice(await ReachableAsync()) with { Urgent = false };
        await fixture.Host.Events.DeliverAsync(notice);
        var delivery = Assert.Single(await DeliveriesAsync(notice));
        // The clock stands at 9 in the morning; the digest comes at 8.
        Assert.Equal((Channels.Mail, new DateTimeOffset(2026, 9, 16, 0, 0, 0, TimeSpan.Zero)), (delivery.Channel, delivery.DueAt));
    }

    [Fact]
    public async Task Notice_ToAnAddressThatRefusedForGood_IsNotPlanned()
    {
        var person = await ReachableAsync();
        await fixture.Host.InDatabaseAsync(db => db.NoticeSettings.Where(s => s.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(s => s.MailFault, "550")));
        var notice = Notice(person);
        await fixture.Host.Events.DeliverAsync(notice);
        Assert.Empty(await DeliveriesAsync(notice));
    }

    [Fact]
    public async Task Notice_ToAnAddressThatNobodyProved_IsNotPlanned()
    {
        var person = await ReachableAsync();
        await fixture.Host.InDatabaseAsync(db => db.NoticeSettings.Where(s => s.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(s => s.MailProvedAt, (DateTimeOffset?)null)));
        var notice = Notice(person);
        await fixture.Host.Events.DeliverAsync(notice);
        Assert.Empty(await DeliveriesAsync(notice));
    }

    private DateTimeOffset Now => fixture.Host.Clock.GetUtcNow();

    private NoticeRaised Notice(Guid person) => new()
    {
        NoticeId = Guid.CreateVersion7(Now),
        PersonId = person,
        OrganisationId = Guid.CreateVersion7(Now),
        Kind = "module-returned",
        Args = new Dictionary<string, string> { ["moduleZh"] = "学校概况" },
        Link = "/school",
        Urgent = true,
        RaisedAt = Now,
    };

    private async Task<Guid> ReachableAsync()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, Changan);
        await fixture.ProvedAsync(person, $"{person:N}@school.example", "13800000000");
        return person;
    }

    private Task<List<Delivery>> DeliveriesAsync(NoticeRaised notice) =>
        fixture.Host.InDatabaseAsync(db => db.Deliveries.AsNoTracking().Where(d => d.NoticeId == notice.NoticeId).OrderBy(d => d.Channel).ToListAsync());
}
