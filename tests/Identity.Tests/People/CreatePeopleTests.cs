using System.Net;
using Gengdu.Contracts.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.People;

public sealed class CreatePeopleTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Path = "/api/identity/people/batch";
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_People_GivesTheirRolesAndPublishesIdsOnly()
    {
        var id = await _host.PersonAsync("reporter", "130102");
        var published = await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == id);
        Assert.Equal(("reporter", false, 1L), (published.Role, published.Removed, published.Version));
        var stored = await _host.InDatabaseAsync(db => db.People.AsNoTracking().SingleAsync(p => p.Id == id));
        Assert.StartsWith("AQAAAAIAAAPo", stored.PasswordHash, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_OneBadRow_CreatesNobodyAndNamesThePlace()
    {
        using var client = await _host.AdministratorOfAsync("130102");
        object[] people =
        [
            Arranging.Person("good-one", "reporter", "130102"),
            Arranging.Person("x", "reporter", "130102"),
            Arranging.Person("outside", "reporter", "130104"),
            Arranging.Person("above", "administrator", "130100"),
            Arranging.Person("misfit", "province-owner", "130102"),
            Arranging.Person("Good-One", "reporter", "130102"),
            Arranging.Person("weak", "reporter", "130102", "short"),
        ];
        var response = await client.PostAsync(Path, new { people });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        string[] places = [.. (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()!)];
        Assert.Equal(["people/1/userName", "people/2/assignments/0/organisationCode", "people/3/assignments/0/organisationCode", "people/4/assignments/0/role", "people/5/userName", "people/6/password"], places);
        Assert.False(await _host.InDatabaseAsync(db => db.People.AnyAsync(p => p.UserName == "good-one")));
    }

    [Fact]
    public async Task Post_TakenName_IsRefusedWhateverItsCase()
    {
        await _host.PersonAsync("reporter", "130102", "taken-name");
        using var client = _host.Administrator;
        var response = await client.PostAsync(Path, new { people = new[] { Arranging.Person("TAKEN-name", "reporter", "130102") } });
        Assert.Equal("duplicate", (await response.JsonAsync()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_AsReporter_IsForbidden()
    {
        using var client = _host.CreateClient(await _host.PersonAsync("reporter", "130102"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(Path, new { people = new[] { Arranging.Person("someone", "reporter", "130102") } })).StatusCode);
    }
}
