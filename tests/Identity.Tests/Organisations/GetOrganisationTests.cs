using System.Net;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class GetOrganisationTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_OwnOrganisation_HasItsPlaceInTheTree()
    {
        var (county, school) = (await _host.OrganisationAsync("130102"), await _host.OrganisationAsync(await _host.SchoolAsync("130102")));
        using var client = _host.CreateClient(await _host.PersonAsync("reporter", school.Code));
        var found = await (await client.GetAsync($"/api/identity/organisations/{school.Id}")).JsonAsync();
        Assert.Equal((county.Id, $"{county.Path}{school.Number}/", "primary"), (found.GetProperty("parentId").GetGuid(), found.GetProperty("path").GetString(), found.GetProperty("schoolType").GetString()));
    }

    [Theory]
    [InlineData("130100")]
    [InlineData("130104")]
    [InlineData("130000")]
    public async Task Get_AboveOrBesideTheSubtree_IsNotFoundLikeNoneAtAll(string code)
    {
        var place = await _host.OrganisationAsync(code);
        using var client = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        var (outside, nowhere) = (await client.GetAsync($"/api/identity/organisations/{place.Id}"), await client.GetAsync($"/api/identity/organisations/{Guid.CreateVersion7(_host.Clock.GetUtcNow())}"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (outside.StatusCode, nowhere.StatusCode));
        Assert.Equal((await outside.JsonAsync()).GetProperty("detail").GetString(), (await nowhere.JsonAsync()).GetProperty("detail").GetString());
    }
}
