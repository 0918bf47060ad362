using System.Net;

namespace Gengdu.Identity.Tests.People;

public sealed class FindPeopleTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_ByTheWholeUserName_OrById_NamesSomebodyOfElsewhere()
    {
        var expert = await _host.PersonAsync("reporter", "130202", "find-expert");
        using var reviewer = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        foreach (var query in new[] { "userName=find-expert", "userName=%20FIND-Expert", $"id={expert}" })
        {
            var found = Assert.Single((await (await reviewer.GetAsync($"/api/identity/people/names?{query}")).JsonAsync()).EnumerateArray());
            Assert.Equal((expert, 2), (found.GetProperty("id").GetGuid(), found.EnumerateObject().Count()));
        }

        foreach (var query in new[] { "userName=find-exp", "userName=find-expert%25", "userName=find_expert" })
        {
            Assert.Empty((await (await reviewer.GetAsync($"/api/identity/people/names?{query}")).JsonAsync()).EnumerateArray());
        }
    }

    [Fact]
    public async Task Get_WithoutARoleThatGivesGroups_OrWithoutAQuestion_IsRefused()
    {
        await _host.PersonAsync("reporter", "130202", "find-nobody");
        using var reporter = _host.CreateClient(await _host.PersonAsync("reporter", "130102"));
        Assert.Equal(HttpStatusCode.Forbidden, (await reporter.GetAsync("/api/identity/people/names?userName=find-nobody")).StatusCode);
        using var county = await _host.AdministratorOfAsync("130102");
        Assert.Equal(HttpStatusCode.BadRequest, (await county.GetAsync("/api/identity/people/names?userName=%20")).StatusCode);
    }
}
