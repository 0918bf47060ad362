using System.Net;
using System.Text.Json;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>That mails do not go out is seen by whoever looks after the mail server.</summary>
public sealed class ListWaysTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Fact]
    public async Task List_ShowsAMailServerThatIsDown_AndThatItCameBack()
    {
        var (person, _) = await fixture.PersonAsync();
        Assert.Equal((0, null, 0), await MailAsync());
        fixture.Host.Mail.GoDown();
        await fixture.RaisedAsync(person);
        await fixture.RaisedAsync(person, urgent: false);
        await fixture.SendAsync();
        var (overdue, fault, sent) = await MailAsync();
        Assert.Equal((1, 0), (overdue, sent));
        Assert.NotNull(fault);

        fixture.Host.Mail.ComeBack();
        fixture.Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await fixture.SendAllAsync();
        Assert.Equal((0, null, 1), await MailAsync());
    }

    [Theory]
    [InlineData(Roles.Reporter)]
    [InlineData(Roles.Administrator)]
    public async Task List_IsForTheProvincesAdministratorAlone(string role)
    {
        using var client = fixture.Host.CreateClient(await fixture.Host.PersonAsync(role, "130102"));
        using var response = await client.GetAsync(Arranging.At("/api/identity/deliveries/ways"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private async Task<(int Overdue, string? Fault, int Sent)> MailAsync()
    {
        using var administrator = fixture.Host.Administrator;
        using var response = await administrator.GetAsync(Arranging.At("/api/identity/deliveries/ways"));
        var ways = (await response.JsonAsync()).EnumerateArray().ToList();
        Assert.Equal(["mail", "webhook:desk"], ways.Select(way => way.GetProperty("channel").GetString()));
        var mail = ways[0];
        return (mail.GetProperty("overdue").GetInt32(), mail.GetProperty("fault").ValueKind == JsonValueKind.Null ? null : mail.GetProperty("fault").GetString(), mail.GetProperty("sent").GetInt32());
    }
}
