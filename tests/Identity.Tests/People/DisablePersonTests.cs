using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Tests.Protocol;

namespace Gengdu.Identity.Tests.People;

public sealed class DisablePersonTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Put_EndsAllSessionsAtOnceAndAllowsNoNewOnes_UntilDeleted()
    {
        var id = await _host.PersonAsync("reporter", "130102", "disable-1", "a good password");
        using var browser = _host.Browser();
        var tokens = await browser.TokensAsync("disable-1", "a good password");
        using var administrator = _host.Administrator;
        var address = Arranging.At($"/api/identity/people/{id}/disabled");
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.PutAsync(address, null)).StatusCode);
        await _host.Events.WaitForAsync<PersonSignInsEnded>(e => e.PersonId == id);
        Assert.Equal("login_required", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal("invalid_grant", await Browser.ErrorAsync(await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.PasswordAsync("disable-1", "a good password")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.PutAsync(address, null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(address)).StatusCode);
        Assert.Equal("login_required", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PasswordAsync("disable-1", "a good password")).StatusCode);
    }
}
