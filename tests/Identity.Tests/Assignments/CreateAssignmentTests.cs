using System.Net;
using Gengdu.Contracts.Identity.V1;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class CreateAssignmentTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Path = "/api/identity/assignments";
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task PostThenDelete_GivesAndTakesTheRight()
    {
        var person = await _host.PersonAsync("reporter", "130102");
        var county = await _host.OrganisationAsync("130104");
        using var client = await _host.AdministratorOfAsync("130100");
        var given = await client.PostAsync(Path, new { personId = person, role = "county-reviewer", organisationId = county.Id });
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        var id = (await given.JsonAsync()).GetProperty("id").GetGuid();
        using var theirs = _host.CreateClient(person);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"/api/identity/organisations/{county.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync(Path, new { personId = person, role = "county-reviewer", organisationId = county.Id })).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(Arranging.At($"{Path}/{id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync($"/api/identity/organisations/{county.Id}")).StatusCode);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == id && e.Removed && e.Version == 2);
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync(Arranging.At($"{Path}/{id}"))).StatusCode);
    }

    [Theory]
    [InlineData("130100", "county-reviewer", HttpStatusCode.NotFound)]
    [InlineData("130104", "county-reviewer", HttpStatusCode.NotFound)]
    [InlineData("130102", "city-supervisor", HttpStatusCode.UnprocessableEntity)]
    [InlineData("130102", "emperor", HttpStatusCode.UnprocessableEntity)]
    [InlineData("130102", "county-reviewer", HttpStatusCode.Created)]
    public async Task Post_ByACountyAdministrator_StaysInsideTheSubtree(string code, string role, HttpStatusCode expected)
    {
        var person = await _host.PersonAsync("reporter", "130102");
        var place = await _host.OrganisationAsync(code);
        using var client = await _host.AdministratorOfAsync("130102");
        Assert.Equal(expected, (await client.PostAsync(Path, new { personId = person, role, organisationId = place.Id })).StatusCode);
    }

    [Fact]
    public async Task Post_ToOneself_IsForbidden()
    {
        var place = await _host.OrganisationAsync("130000");
        using var client = _host.Administrator;
        var response = await client.PostAsync(Path, new { personId = _host.AdministratorId, role = "province-owner", organisationId = place.Id });
        Assert.Equal("IDN-0023", (await response.JsonAsync()).GetProperty("code").GetString());
    }
}
