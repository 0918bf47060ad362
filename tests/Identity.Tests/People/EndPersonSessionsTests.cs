using System.Net;
using Gengdu.Identity.Tests.Protocol;

namespace Gengdu.Identity.Tests.People;

public sealed class EndPersonSessionsTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Delete_SignsOutEverywhere_AndSigningInAgainWorks()
    {
        var id = await _host.PersonAsync("reporter", "130102", "ended-1", "a good password");
        using var first = _host.Browser();
        using var second = _host.Browser();
        await first.CodeAsync("ended-1", "a good password");
        await second.CodeAsync("ended-1", "a good password");
        using var administrator = _host.Administrator;
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(Arranging.At($"/api/identity/people/{id}/sessions"))).StatusCode);
        Assert.Equal("login_required", Browser.Answer(await first.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal("login_required", Browser.Answer(await second.AuthorizeAsync(("prompt", "none")))["error"]);
        await first.CodeAsync("ended-1", "a good password");
    }
}
