using System.Net;
using Gengdu.Contracts.Identity.V1;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class CreateOrganisationsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Path = "/api/identity/organisations/batch";
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_Schools_CreatesThemBelowTheCountyAndPublishes()
    {
        using var client = await _host.AdministratorOfAsync("130102");
        string[] codes = [Arranging.NewSchoolCode(), Arranging.NewSchoolCode()];
        var answer = await (await client.PostAsync(Path, new { organisations = codes.Select(code => Arranging.School(code, "130102")) })).JsonAsync();
        Assert.Equal(2, answer.GetProperty("created").GetInt32());
        var (county, school) = (await _host.OrganisationAsync("130102"), await _host.OrganisationAsync(codes[1]));
        Assert.Equal($"{county.Path}{school.Number}/", school.Path);
        Assert.Equal(school.Id, answer.GetProperty("rows")[1].GetProperty("id").GetGuid());
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == codes[1] && e.ParentId == county.Id && e.Grades.Count == 2);
    }

    [Theory]
    [InlineData("130100")]
    [InlineData("139999")]
    [InlineData("130104")]
    public async Task Post_ParentOutsideTheSubtree_IsUnknownAndNothingIsCreated(string parent)
    {
        using var client = await _host.AdministratorOfAsync("130102");
        var good = Arranging.NewSchoolCode();
        var response = await client.PostAsync(Path, new { organisations = new[] { Arranging.School(good, "130102"), Arranging.School(Arranging.NewSchoolCode(), parent) } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var error = Assert.Single((await response.JsonAsync()).GetProperty("errors").EnumerateArray());
        Assert.Equal(("organisations/1/parentCode", "unknown-parent"), (error.GetProperty("at").GetString(), error.GetProperty("code").GetString()));
        Assert.False(await _host.InDatabaseAsync(db => db.Organisations.AnyAsync(o => o.Code == good)));
    }

    [Theory]
    [InlineData("2114000001")]
    [InlineData("213000001")]
    [InlineData("130199")]
    public async Task Post_BadSchoolCode_IsRefused(string code)
    {
        using var client = _host.Administrator;
        var response = await client.PostAsync(Path, new { organisations = new[] { Arranging.School(code, "130102") } });
        Assert.Equal("pattern", (await response.JsonAsync()).GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Post_CodeTwiceOrTaken_IsRefused()
    {
        using var client = _host.Administrator;
        var (taken, twice) = (await _host.SchoolAsync("130102"), Arranging.NewSchoolCode());
        var response = await client.PostAsync(Path, new { organisations = new[] { Arranging.School(taken, "130102"), Arranging.School(twice, "130102"), Arranging.School(twice, "130102") } });
        Assert.Equal(["organisations/0/code", "organisations/2/code"], (await response.JsonAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()!));
    }

    [Fact]
    public async Task Post_WithoutAdministration_IsForbidden()
    {
        using var client = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(Path, new { organisations = new[] { Arranging.School(Arranging.NewSchoolCode(), "130102") } })).StatusCode);
    }
}
