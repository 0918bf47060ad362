using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Tests.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
        await _host.Events.WaitForAsync<PersonSignInsEnded>(e => e.PersonId == id);
        await first.CodeAsync("ended-1", "a good password");
    }

    /// <summary>A spreadsheet's key may live on without a sign-in; signing out of one browser is no reason to end it.</summary>
    [Fact]
    public async Task Delete_IsToldAlsoWhenNoneWasAlive_AndOneSignOutIsNot()
    {
        var (id, other) = (await _host.PersonAsync("reporter", "130102", "ended-2", "a good password"), await _host.PersonAsync("reporter", "130102", "ended-3", "a good password"));
        using var browser = _host.Browser();
        await browser.CodeAsync("ended-3", "a good password");
        await using (var scope = _host.Services.CreateAsyncScope())
        {
            var session = await _host.InDatabaseAsync(db => db.Sessions.Where(s => s.PersonId == other).Select(s => s.Id).SingleAsync());
            await scope.ServiceProvider.GetRequiredService<SignInSessions>().EndAsync(session, CancellationToken.None);
        }

        using var administrator = _host.Administrator;
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(Arranging.At($"/api/identity/people/{id}/sessions"))).StatusCode);
        await _host.Events.WaitForAsync<PersonSignInsEnded>(e => e.PersonId == id);
        Assert.DoesNotContain(_host.Events.Published<PersonSignInsEnded>(), e => e.PersonId == other);
    }
}
