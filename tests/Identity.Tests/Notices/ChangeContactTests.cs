using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Identity.Notices;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Notices;

/// <summary>One's own addresses and wishes: kept, refused field by field, seen by nobody else, gone with the person.</summary>
public sealed class ChangeContactTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    [Fact]
    public async Task Change_IsKept_AndAuditedWithoutTheAddresses()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, "130102");
        using var client = fixture.Host.CreateClient(person);
        using var response = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), Body(" new@school.example ", "13900000001"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var contact = await response.JsonAsync();
        Assert.Equal(("new@school.example", "13900000001", "en", "hourly", 20), (contact.GetProperty("email").GetString(), contact.GetProperty("phone").GetString(), contact.GetProperty("language").GetString(), contact.GetProperty("mail").GetString(), contact.GetProperty("quietFrom").GetInt32()));
        Assert.Equal(["mail"], contact.GetProperty("ways").EnumerateArray().Select(way => way.GetString()));

        using var cleared = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), Body("", null));
        Assert.Equal(JsonValueKind.Null, (await cleared.JsonAsync()).GetProperty("email").ValueKind);
        var stored = await fixture.Host.InDatabaseAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == person));
        Assert.Null(stored.Email);
    }

    [Theory]
    [InlineData("no-address", null, "zh", "daily", 22, "email")]
    [InlineData("a@b.cn\r\nBcc: c@d.cn", null, "zh", "daily", 22, "email")]
    [InlineData(null, "110", "zh", "daily", 22, "phone")]
    [InlineData(null, null, "fr", "daily", 22, "language")]
    [InlineData(null, null, "zh", "weekly", 22, "mail")]
    [InlineData(null, null, "zh", "Daily", 22, "mail")]
    [InlineData(null, null, "zh", "daily", 24, "quietFrom")]
    public async Task Change_ThatIsNotAcceptable_NamesTheField(string? email, string? phone, string language, string mail, int quietFrom, string at)
    {
        using var client = fixture.Host.CreateClient(await fixture.Host.PersonAsync(Roles.Reporter, "130102"));
        using var response = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), new { email, phone, language, mail, sms = true, quietFrom, quietTo = 7, digestHour = 8 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(at, Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateArray()).GetProperty("at").GetString());
    }

    [Fact]
    public async Task Change_OfTheAddress_ForgetsThatTheOldOneRefused()
    {
        var person = await fixture.Host.PersonAsync(Roles.Reporter, "130102");
        using var client = fixture.Host.CreateClient(person);
        using var first = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), Body("old@school.example", null));
        await fixture.Host.InDatabaseAsync(db => db.NoticeSettings.Where(s => s.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(s => s.MailFault, "550")));
        using var same = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), Body("old@school.example", null));
        Assert.Equal("550", (await same.JsonAsync()).GetProperty("mailFault").GetString());
        using var other = await client.PutAsJsonAsync(Arranging.At("/api/identity/me/contact"), Body("new@school.example", null));
        Assert.Equal(JsonValueKind.Null, (await other.JsonAsync()).GetProperty("mailFault").ValueKind);
    }

    [Fact]
    public async Task Person_WhoIsErased_LeavesNoAddressAndNoDelivery()
    {
        var (person, _) = await fixture.PersonAsync();
        var notice = await fixture.RaisedAsync(person, urgent: false);
        await fixture.Host.InDatabaseAsync(db => db.People.Where(p => p.Id == person).ExecuteUpdateAsync(set => set.SetProperty(p => p.DisabledAt, fixture.Now.AddYears(-4))));
        await ((Gengdu.Identity.People.PersonEraser)fixture.Host.Services.GetService(typeof(Gengdu.Identity.People.PersonEraser))!).EraseAsync(CancellationToken.None);
        await fixture.Host.InDatabaseAsync(async db =>
        {
            Assert.Null((await db.People.AsNoTracking().SingleAsync(p => p.Id == person)).Email);
            Assert.False(await db.Deliveries.AnyAsync(d => d.NoticeId == notice.NoticeId));
        });
    }

    private static object Body(string? email, string? phone) => new { email, phone, language = "en", mail = "hourly", sms = false, quietFrom = 20, quietTo = 7, digestHour = 9 };
}
