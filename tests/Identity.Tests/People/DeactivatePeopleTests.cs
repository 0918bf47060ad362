using System.Net;
using Gengdu.Identity.Tests.Protocol;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.People;

public sealed class DeactivatePeopleTests(ProtocolFixture fixture) : IClassFixture<ProtocolFixture>
{
    private const string Path = "/api/identity/people/deactivations";
    private readonly ProtocolHost _host = fixture.Host;

    [Fact]
    public async Task Post_ShutsIdlePeopleOut_EndsTheirSessions_AndTheyCanBeLetInAgain()
    {
        var school = await _host.SchoolAsync("130102");
        var (idle, active) = (await _host.PersonAsync(Roles.Reporter, school, "idle-1", "a good password"), await _host.PersonAsync(Roles.Reporter, school, "idle-2", "a good password"));
        using var county = await _host.AdministratorOfAsync("130102");
        var tomorrow = _host.Today().AddDays(1);
        using var browser = _host.Browser();
        await browser.TokensAsync("idle-2", "a good password");
        await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == idle || p.Id == active).ExecuteUpdateAsync(p => p.SetProperty(x => x.SignInsKeptSince, _host.Clock.GetUtcNow().AddDays(-100))));
        var place = await _host.OrganisationAsync(school);
        var list = $"/api/identity/people?organisationId={place.Id}&idleSince=";
        var found = (await (await county.GetAsync($"{list}{_host.Today():yyyy-MM-dd}")).JsonAsync()).GetProperty("items");
        Assert.Equal(idle, Assert.Single(found.EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, found[0].GetProperty("lastSignInAt").ValueKind);
        Assert.Equal(2, (await (await county.GetAsync($"{list}{tomorrow:yyyy-MM-dd}")).JsonAsync()).GetProperty("total").GetInt32());

        Assert.Equal(2, (await (await county.PostAsync(Path, new { personIds = new[] { idle, active, idle } })).JsonAsync()).GetProperty("deactivated").GetInt32());
        Assert.Equal("login_required", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none")))["error"]);
        Assert.Equal(0, (await (await county.PostAsync(Path, new { personIds = new[] { idle, active } })).JsonAsync()).GetProperty("deactivated").GetInt32());
        Assert.Equal(0, (await (await county.GetAsync($"{list}{tomorrow:yyyy-MM-dd}")).JsonAsync()).GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.NoContent, (await county.DeleteAsync(Arranging.At($"/api/identity/people/{active}/disabled"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.PasswordAsync("idle-2", "a good password")).StatusCode);
    }

    /// <summary>Accounts that are older than the keeping of sign-ins are not idle because nobody looked.</summary>
    [Fact]
    public async Task Get_IdleSince_CountsFromWhenSignInsWereKept()
    {
        var school = await _host.SchoolAsync("130102");
        var old = await _host.PersonAsync(Roles.Reporter, school);
        await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == old).ExecuteUpdateAsync(p => p.SetProperty(x => x.CreatedAt, _host.Clock.GetUtcNow().AddDays(-900)).SetProperty(x => x.SignInsKeptSince, _host.Clock.GetUtcNow().AddDays(-10))));
        var place = await _host.OrganisationAsync(school);
        using var county = await _host.AdministratorOfAsync("130102");
        foreach (var (days, idle) in new[] { (-30, 0), (-5, 1) })
        {
            Assert.Equal(idle, (await (await county.GetAsync($"/api/identity/people?organisationId={place.Id}&idleSince={_host.Today().AddDays(days):yyyy-MM-dd}")).JsonAsync()).GetProperty("total").GetInt32());
        }
    }

    [Fact]
    public async Task Post_OneWhoMayNotBe_RefusesAll()
    {
        var here = await _host.PersonAsync(Roles.Reporter, "130102");
        var elsewhere = await _host.PersonAsync(Roles.Reporter, "130104");
        var auditor = await _host.HolderAsync(Roles.Auditor, "130102");
        var (me, _) = await _host.HeldAsync(Roles.Administrator, "130102");
        using var county = _host.CreateClient(me);
        foreach (var (other, code) in new[] { (elsewhere, "GEN-0006"), (auditor, "IDN-0015"), (me, "IDN-0012"), (Guid.CreateVersion7(_host.Clock.GetUtcNow()), "GEN-0006") })
        {
            Assert.Equal(code, (await (await county.PostAsync(Path, new { personIds = new[] { here, other } })).JsonAsync()).GetProperty("code").GetString());
        }

        Assert.Equal("IDN-0003", (await (await county.PostAsync(Path, new { personIds = Array.Empty<Guid>() })).JsonAsync()).GetProperty("code").GetString());
        Assert.Null(await _host.InDatabaseAsync(db => db.People.Where(p => p.Id == here).Select(p => p.DisabledAt).SingleAsync()));
        using var reviewer = _host.CreateClient(await _host.HolderAsync(Roles.CountyReviewer, "130102"));
        Assert.Equal("GEN-0005", (await (await reviewer.PostAsync(Path, new { personIds = new[] { here } })).JsonAsync()).GetProperty("code").GetString());
    }
}
