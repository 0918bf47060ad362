using System.Text.Json;
using Gengdu.Identity.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>From the planned delivery to the mail server and the webhook, with servers that are away, refuse, and two senders at once.</summary>
public sealed class DeliverySenderTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Fact]
    public async Task Digest_GathersWhatIsDueOfOnePerson_AndUrgentDoesNotWait()
    {
        var (person, address) = await fixture.PersonAsync();
        var urgent = await fixture.RaisedAsync(person);
        var later = await fixture.RaisedAsync(person, urgent: false);
        await fixture.RaisedAsync(person, urgent: false);
        await fixture.SendAllAsync();
        Assert.Single(fixture.MailsTo(address));
        Assert.Equal((DeliveryState.Sent, DeliveryState.Waiting), ((await fixture.DeliveryAsync(urgent)).State, (await fixture.DeliveryAsync(later)).State));

        fixture.Host.Clock.Advance(TimeSpan.FromDays(1));
        await fixture.SendAllAsync();
        await fixture.SendAllAsync();
        Assert.Equal(2, fixture.MailsTo(address).Count);
        Assert.Equal(DeliveryState.Sent, (await fixture.DeliveryAsync(later)).State);
    }

    /// <summary>The mail server is down for an hour: nothing is lost, nothing is sent twice, no try counts.</summary>
    [Fact]
    public async Task MailServer_ThatIsAway_LosesNothing()
    {
        var (person, address) = await fixture.PersonAsync();
        fixture.Host.Mail.GoDown();
        var notice = await fixture.RaisedAsync(person);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await fixture.SendAsync());
            fixture.Host.Clock.Advance(TimeSpan.FromMinutes(3));
        }

        var waiting = await fixture.DeliveryAsync(notice);
        Assert.Equal((DeliveryState.Waiting, 0), (waiting.State, waiting.Attempts));
        Assert.NotNull(waiting.Fault);
        fixture.Host.Mail.ComeBack();
        await fixture.SendAllAsync();
        Assert.Single(fixture.MailsTo(address));
        Assert.Equal(DeliveryState.Sent, (await fixture.DeliveryAsync(notice)).State);
    }

    [Fact]
    public async Task Address_ThatIsRefused_IsMarkedForItsPersonAndTriedNoMore()
    {
        var (person, address) = await fixture.PersonAsync();
        fixture.Host.Mail.Answer = line => line.Contains(address, StringComparison.Ordinal) ? "550 5.1.1 no such user" : null;
        var notice = await fixture.RaisedAsync(person);
        await fixture.SendAllAsync();
        fixture.Host.Mail.Answer = _ => null;
        var dead = await fixture.DeliveryAsync(notice);
        Assert.Equal((DeliveryState.Dead, "550"), (dead.State, dead.Fault));
        var next = await fixture.RaisedAsync(person);
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Deliveries.AnyAsync(d => d.NoticeId == next.NoticeId)));
        Assert.Empty(fixture.MailsTo(address));

        using var client = fixture.Host.CreateClient(person);
        var contact = await (await client.GetAsync("/api/identity/me/contact")).JsonAsync();
        Assert.Equal(("550", 1), (contact.GetProperty("mailFault").GetString(), contact.GetProperty("givenUp").GetInt32()));
    }

    [Fact]
    public async Task Refusal_ThatPasses_IsTriedAgainEverMoreSlowlyAndListedAtLast()
    {
        var (person, address) = await fixture.PersonAsync();
        fixture.Host.Mail.Answer = line => line.Contains(address, StringComparison.Ordinal) ? "451 later" : null;
        var notice = await fixture.RaisedAsync(person);
        var gaps = new List<double>();
        while (await fixture.DeliveryAsync(notice) is { State: DeliveryState.Waiting } waiting)
        {
            await fixture.SendAllAsync();
            var after = await fixture.DeliveryAsync(notice);
            gaps.Add((after.DueAt - fixture.Now).TotalMinutes);
            Assert.True(gaps.Count <= 12 && after.Attempts == waiting.Attempts + 1);
            fixture.Host.Clock.Advance(TimeSpan.FromHours(13));
        }

        fixture.Host.Mail.Answer = _ => null;
        Assert.Equal([1, 5, 15, 60, 240, 720, 720], gaps.Take(7));
        Assert.Equal(12, gaps.Count);
        using var administrator = fixture.Host.Administrator;
        var listed = await (await administrator.GetAsync("/api/identity/deliveries?pageSize=500")).JsonAsync();
        var id = (await fixture.DeliveryAsync(notice)).Id;
        Assert.Contains(listed.GetProperty("items").EnumerateArray(), one => one.GetProperty("id").GetGuid() == id && one.GetProperty("fault").GetString() == "451");
    }

    [Fact]
    public async Task TwoSendersAtOnce_SendOnce()
    {
        var people = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var (person, address) = await fixture.PersonAsync();
            await fixture.RaisedAsync(person);
            await fixture.RaisedAsync(person);
            people.Add(address);
        }

        await Task.WhenAll(fixture.SendAsync(), fixture.SendAsync(), fixture.SendAsync());
        await fixture.SendAllAsync();
        Assert.All(people, address => Assert.Single(fixture.MailsTo(address)));
    }

    /// <summary>Its process died after taking it: another one takes it when the lease is over, not before.</summary>
    [Fact]
    public async Task Delivery_OfASenderThatDied_IsSentByAnother()
    {
        var (person, address) = await fixture.PersonAsync();
        await fixture.RaisedAsync(person);
        await using (var scope = fixture.Host.Services.CreateAsyncScope())
        {
            Assert.NotEmpty(await scope.ServiceProvider.GetRequiredService<DeliveryQueue>().TakeAsync(Channels.Mail, CancellationToken.None));
        }

        await fixture.SendAllAsync();
        Assert.Empty(fixture.MailsTo(address));
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(11));
        await fixture.SendAllAsync();
        Assert.Single(fixture.MailsTo(address));
    }

    [Fact]
    public async Task Webhook_IsSignedRepeatedUnderTheSameIdAndHoldsIdsAlone()
    {
        const string Channel = Channels.WebhookPrefix + "desk";
        var (person, _) = await fixture.PersonAsync();
        await fixture.RaisedAsync(person);
        // What other tests left due would meet the fault first, and this one would not be tried.
        await fixture.SendAllAsync(Channel);
        fixture.Host.Hook.Status = 503;
        var notice = await fixture.RaisedAsync(person, kind: "urged");
        Assert.Null(await fixture.SendAsync(Channel));
        fixture.Host.Hook.Status = 204;
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await fixture.SendAllAsync(Channel);

        var taken = fixture.Host.Hook.Taken.Where(one => one.Body.Contains(notice.NoticeId.ToString(), StringComparison.Ordinal)).ToList();
        Assert.Equal(2, taken.Count);
        Assert.Single(taken.Select(one => one.Delivery).Distinct());
        var (body, signature, _) = taken[^1];
        Assert.Equal(PostChannel.Sign(NoticeHost.Secret, long.Parse(signature[2..signature.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture), body), signature);
        Assert.Equal(fixture.Now.ToUnixTimeSeconds(), long.Parse(signature[2..signature.IndexOf(',', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture));
        using var json = JsonDocument.Parse(body);
        Assert.Equal((person, "urged"), (json.RootElement.GetProperty("personId").GetGuid(), json.RootElement.GetProperty("kind").GetString()));
        Assert.DoesNotContain("@", body, StringComparison.Ordinal);
        Assert.DoesNotContain(fixture.Host.Hook.Taken, one => one.Body.Contains("modules-accepted", StringComparison.Ordinal));
    }

    /// <summary>A receiver that answers with a redirect gets no second request anywhere.</summary>
    [Fact]
    public async Task Webhook_FollowsNoRedirect()
    {
        const string Channel = Channels.WebhookPrefix + "desk";
        var (person, _) = await fixture.PersonAsync();
        fixture.Host.Hook.Status = 307;
        var notice = await fixture.RaisedAsync(person, kind: "urged");
        await fixture.SendAsync(Channel);
        fixture.Host.Hook.Status = 204;
        var delivery = await fixture.DeliveryAsync(notice, Channel);
        Assert.Equal((1, "307"), (delivery.Attempts, delivery.Fault));
    }
}
