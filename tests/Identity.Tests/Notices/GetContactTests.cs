using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Notices;

public sealed class GetContactTests(NoticeFixture fixture) : IClassFixture<NoticeFixture>
{
    /// <summary>Somebody who never said anything is told the defaults.</summary>
    [Fact]
    public async Task Get_WithoutSettings_ShowsTheDefaults()
    {
        using var client = fixture.Host.CreateClient(await fixture.Host.PersonAsync(Roles.Reporter, "130102"));
        var contact = await (await client.GetAsync("/api/identity/me/contact")).JsonAsync();
        Assert.Equal(("zh", "daily", true, 22, 7, 8), (contact.GetProperty("language").GetString(), contact.GetProperty("mail").GetString(), contact.GetProperty("sms").GetBoolean(),
            contact.GetProperty("quietFrom").GetInt32(), contact.GetProperty("quietTo").GetInt32(), contact.GetProperty("digestHour").GetInt32()));
    }

    /// <summary>The desk that administers people sees no address of theirs.</summary>
    [Fact]
    public async Task Address_IsInNobodyElsesAnswer()
    {
        var (_, address) = await fixture.PersonAsync();
        using var administrator = fixture.Host.Administrator;
        Assert.DoesNotContain(address, await (await administrator.GetAsync("/api/identity/people?pageSize=500")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
