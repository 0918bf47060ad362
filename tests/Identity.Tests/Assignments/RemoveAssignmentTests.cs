using System.Net;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class RemoveAssignmentTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Path = "/api/identity/assignments";
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Delete_ByAReviewer_IsForbidden_AndOutsideIsNotFound()
    {
        var person = await _host.PersonAsync("reporter", "130102");
        var id = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == person).Select(a => a.Id).SingleAsync());
        using var inside = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        using var outside = await _host.AdministratorOfAsync("130104");
        Assert.Equal(HttpStatusCode.Forbidden, (await inside.DeleteAsync(Arranging.At($"{Path}/{id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await outside.DeleteAsync(Arranging.At($"{Path}/{id}"))).StatusCode);
    }

    [Fact]
    public async Task Delete_LastAdministratorOfTheProvince_IsRefused()
    {
        using var client = _host.Administrator;
        var id = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == _host.AdministratorId).Select(a => a.Id).SingleAsync());
        Assert.Equal("IDN-0024", (await (await client.DeleteAsync(Arranging.At($"{Path}/{id}"))).JsonAsync()).GetProperty("code").GetString());
    }
}
