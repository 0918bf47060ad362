using System.Net;
using System.Net.Http.Json;
using Gengdu.Identity.Notices;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>A code goes to the address that is to be proved, and nothing else does before.</summary>
public sealed class AskContactCodeTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Fact]
    public async Task Ask_SendsACodeThere_WhateverIsWished_AndNothingElse()
    {
        var (person, address, client) = await EnteredAsync();
        using var own = client;
        // Planned for the address before: it does not go to the new one.
        var (_, notice) = (await fixture.Host.InDatabaseAsync(db => db.NoticeSettings.Where(s => s.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(s => s.MailProvedAt, fixture.Now))), await fixture.RaisedAsync(person));
        await fixture.Host.InDatabaseAsync(db => db.NoticeSettings.Where(s => s.PersonId == person)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.MailProvedAt, (DateTimeOffset?)null).SetProperty(s => s.Mail, MailRhythm.Off)));
        using var asked = await PostAsync(client, "mail");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Equal(fixture.Now + ContactCode.Lifetime, (await asked.JsonAsync()).GetProperty("mailCodeUntil").GetDateTimeOffset());
        await fixture.SendAllAsync();
        Assert.Single(fixture.MailsTo(address));
        Assert.Equal((DeliveryState.Waiting, "no-address"), ((await fixture.DeliveryAsync(notice)).State, (await fixture.DeliveryAsync(notice)).Fault));
        Assert.Matches(@"\A[0-9]{6}\z", await fixture.CodeAsync(person));
    }

    [Fact]
    public async Task Ask_TooSoonOrForNothingOrByAWayThereIsNot_IsRefused()
    {
        var (_, _, client) = await EnteredAsync();
        using var own = client;
        using var first = await PostAsync(client, "mail");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var again = await PostAsync(client, "mail");
        Assert.Equal("IDN-0123", await CodeOfAsync(again));
        using var message = await PostAsync(client, "sms");
        Assert.Equal("IDN-0121", await CodeOfAsync(message));
        using var hook = await PostAsync(client, "webhook:desk");
        Assert.Equal("IDN-0121", await CodeOfAsync(hook));
        using var without = fixture.Host.CreateClient(await fixture.Host.PersonAsync(Roles.Reporter, "130102"));
        using var nothing = await PostAsync(without, "mail");
        Assert.Equal("IDN-0122", await CodeOfAsync(nothing));
        using var proved = fixture.Host.CreateClient((await fixture.PersonAsync()).Id);
        using var needless = await PostAsync(proved, "mail");
        Assert.Equal("IDN-0122", await CodeOfAsync(needless));
    }

    /// <summary>The mail server came back after an hour: the code of then is worth nothing and is not sent.</summary>
    [Fact]
    public async Task Code_ThatIsOver_IsNotSent()
    {
        var (_, address, client) = await EnteredAsync();
        using var own = client;
        using var asked = await PostAsync(client, "mail");
        fixture.Host.Clock.Advance(ContactCode.Lifetime + TimeSpan.FromMinutes(1));
        await fixture.SendAllAsync();
        Assert.Empty(fixture.MailsTo(address));
    }

    private async Task<(Guid Person, string Address, HttpClient Client)> EnteredAsync()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, "130102");
        var client = fixture.Host.CreateClient(person);
        return (person, await NoticeFixture.NamedAsync(client, $"{person:N}@school.example"), client);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string channel) => client.PostAsJsonAsync(Arranging.At("/api/identity/me/contact/codes"), new { channel });

    private static async Task<string?> CodeOfAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("code").GetString();
}
