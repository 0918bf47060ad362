using System.Net;
using Gengdu.Identity.People;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.People;

public sealed class IssueOneTimeCodeTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Theory]
    [InlineData("invitation", "/identity/invitation")]
    [InlineData("password-reset", "/identity/reset")]
    public async Task Post_GivesACodeOnceAndKeepsItsHash(string act, string page)
    {
        var id = await _host.PersonAsync("reporter", "130102", password: null);
        using var administrator = await _host.AdministratorOfAsync("130102");
        var response = await administrator.PostAsync($"/api/identity/people/{id}/{act}", new { });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var issued = await response.JsonAsync();
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", issued.GetProperty("code").GetString());
        Assert.EndsWith(page, issued.GetProperty("address").GetString(), StringComparison.Ordinal);
        Assert.Equal(_host.Clock.GetUtcNow() + OneTimeCode.Lifetime, issued.GetProperty("expiresAt").GetDateTimeOffset());
        var stored = await _host.InDatabaseAsync(db => db.OneTimeCodes.SingleAsync(c => c.PersonId == id));
        Assert.NotEqual(issued.GetProperty("code").GetString(), stored.CodeHash);
        Assert.Equal(64, stored.CodeHash.Length);
    }

    [Fact]
    public async Task Post_OnADisabledPerson_IsAConflict()
    {
        var id = await _host.PersonAsync("reporter", "130102");
        using var administrator = _host.Administrator;
        await administrator.PutAsync(Arranging.At($"/api/identity/people/{id}/disabled"), null);
        var response = await administrator.PostAsync($"/api/identity/people/{id}/invitation", new { });
        Assert.Equal((HttpStatusCode.Conflict, "IDN-0014"), (response.StatusCode, (await response.JsonAsync()).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_OutsideTheArea_IsNotFound_PartlyOutside_Oneself_AndWithoutTheRole_IsForbidden()
    {
        var here = await _host.PersonAsync("reporter", "130102");
        var elsewhere = await _host.PersonAsync("reporter", "130202");
        var both = await _host.PersonAsync("reporter", "130102");
        var away = await _host.OrganisationAsync("130202");
        using var province = _host.Administrator;
        (await province.PostAsync("/api/identity/assignments", new { personId = both, role = "reporter", organisationId = away.Id })).EnsureSuccessStatusCode();
        var me = await _host.PersonAsync("administrator", "130102");
        using var county = _host.CreateClient(me);
        using var reviewer = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        Assert.Equal("GEN-0006 404", await CodeAsync(county, elsewhere));
        Assert.Equal("GEN-0006 404", await CodeAsync(county, Guid.CreateVersion7(_host.Clock.GetUtcNow())));
        Assert.Equal("IDN-0013 403", await CodeAsync(county, both));
        Assert.Equal("IDN-0012 403", await CodeAsync(county, me));
        Assert.Equal("GEN-0005 403", await CodeAsync(reviewer, here));
        Assert.Equal("GEN-0006 404", await CodeAsync(reviewer, elsewhere));
        Assert.Equal(HttpStatusCode.OK, (await province.PostAsync($"/api/identity/people/{both}/invitation", new { })).StatusCode);
        Assert.False(await _host.InDatabaseAsync(db => db.OneTimeCodes.AnyAsync(c => c.PersonId == here || c.PersonId == elsewhere || c.PersonId == me)));
    }

    /// <summary>All other acts of the desk ask the same way.</summary>
    [Theory]
    [InlineData("POST", "unlock")]
    [InlineData("PUT", "disabled")]
    [InlineData("DELETE", "disabled")]
    [InlineData("DELETE", "sessions")]
    [InlineData("DELETE", "second-factor")]
    [InlineData("POST", "password-reset")]
    public async Task Send_AnyAct_AsksForTheArea(string method, string act)
    {
        var elsewhere = await _host.PersonAsync("reporter", "130202");
        var me = await _host.PersonAsync("administrator", "130102");
        using var county = _host.CreateClient(me);
        foreach (var (id, status) in new[] { (elsewhere, HttpStatusCode.NotFound), (me, HttpStatusCode.Forbidden) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Arranging.At($"/api/identity/people/{id}/{act}"));
            Assert.Equal(status, (await county.SendAsync(request)).StatusCode);
        }
    }

    private static async Task<string> CodeAsync(HttpClient client, Guid id)
    {
        var response = await client.PostAsync($"/api/identity/people/{id}/invitation", new { });
        return $"{(await response.JsonAsync()).GetProperty("code").GetString()} {(int)response.StatusCode}";
    }
}
