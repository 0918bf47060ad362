using System.Net;
using Gengdu.Identity.Tests.Protocol;

namespace Gengdu.Identity.Tests.People;

public sealed class UnlockPersonTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_OpensALockedNameAtOnce()
    {
        var id = await _host.PersonAsync("reporter", "130102", "unlock-1", "a good password");
        using var browser = _host.Browser();
        for (var i = 0; i < 5; i++)
        {
            await browser.PasswordAsync("unlock-1", "wrong");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PasswordAsync("unlock-1", "a good password")).StatusCode);
        using var administrator = _host.Administrator;
        var listed = (await (await administrator.GetAsync("/api/identity/people?search=unlock-1")).JsonAsync()).GetProperty("items")[0];
        Assert.True(listed.GetProperty("lockedUntil").GetDateTimeOffset() > _host.Clock.GetUtcNow());
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.PostAsync($"/api/identity/people/{id}/unlock", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PasswordAsync("unlock-1", "a good password")).StatusCode);
    }
}
