using System.Net;
using System.Text.Json;

namespace Gengdu.Identity.Tests.People;

public sealed class ListPeopleTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_ShowsPeopleOfTheOwnAreaAlone()
    {
        var here = await _host.PersonAsync("reporter", await _host.SchoolAsync("130102"), "area-here", password: null);
        var elsewhere = await _host.PersonAsync("reporter", "130202", "area-elsewhere");
        using var county = await _host.AdministratorOfAsync("130102");
        var page = await (await county.GetAsync("/api/identity/people?search=area-&pageSize=500")).JsonAsync();
        var person = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal((here, false, false, 0), (person.GetProperty("id").GetGuid(), person.GetProperty("hasPassword").GetBoolean(), person.GetProperty("hasSecondFactor").GetBoolean(), person.GetProperty("sessions").GetInt32()));
        Assert.True(person.GetProperty("mayAct").GetBoolean());
        Assert.Equal("reporter", person.GetProperty("assignments")[0].GetProperty("role").GetString());
        Assert.DoesNotContain(elsewhere.ToString(), page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_BySchool_ShowsItsPeople_AndAForeignOneIsNotFound()
    {
        var code = await _host.SchoolAsync("130102");
        var there = await _host.PersonAsync("approver", code);
        var school = await _host.OrganisationAsync(code);
        var away = await _host.OrganisationAsync("130202");
        using var county = await _host.AdministratorOfAsync("130102");
        var page = await (await county.GetAsync($"/api/identity/people?organisationId={school.Id}")).JsonAsync();
        Assert.Equal(there, Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, (await county.GetAsync($"/api/identity/people?organisationId={away.Id}")).StatusCode);
    }

    [Fact]
    public async Task Get_SomebodyPartlyElsewhere_IsShownWithoutTheRest()
    {
        var both = await _host.PersonAsync("reporter", "130102", "list-both");
        var away = await _host.OrganisationAsync("130202");
        using var province = _host.Administrator;
        (await province.PostAsync("/api/identity/assignments", new { personId = both, role = "approver", organisationId = away.Id })).EnsureSuccessStatusCode();
        using var county = await _host.AdministratorOfAsync("130102");
        var person = Find(await (await county.GetAsync("/api/identity/people?search=list-both")).JsonAsync(), both);
        Assert.False(person.GetProperty("mayAct").GetBoolean());
        Assert.Equal("reporter", Assert.Single(person.GetProperty("assignments").EnumerateArray()).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Get_SomebodyWithManyPlaces_ShowsFiveAndTheirCount()
    {
        var clerk = await _host.PersonAsync("reporter", "130102", "list-clerk");
        using var province = _host.Administrator;
        foreach (var code in new[] { "130104", "130105", "130107", "130108", "130109", "130110" })
        {
            var place = await _host.OrganisationAsync(code);
            (await province.PostAsync("/api/identity/assignments", new { personId = clerk, role = "reporter", organisationId = place.Id })).EnsureSuccessStatusCode();
        }

        var person = Find(await (await province.GetAsync("/api/identity/people?search=list-clerk")).JsonAsync(), clerk);
        Assert.Equal((5, 7), (person.GetProperty("assignments").GetArrayLength(), person.GetProperty("assignmentCount").GetInt32()));
    }

    [Fact]
    public async Task Get_OneselfIsShownWithoutActs_AndPercentIsNoWildcard()
    {
        var me = await _host.PersonAsync("administrator", "130104", "list-me");
        using var county = _host.CreateClient(me);
        Assert.False(Find(await (await county.GetAsync("/api/identity/people?search=LIST-ME")).JsonAsync(), me).GetProperty("mayAct").GetBoolean());
        Assert.Equal(0, (await (await county.GetAsync("/api/identity/people?search=%25")).JsonAsync()).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("reporter")]
    [InlineData("county-reviewer")]
    public async Task Get_WithoutTheRole_IsForbidden(string role)
    {
        using var client = _host.CreateClient(await _host.PersonAsync(role, "130102"));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/identity/people")).StatusCode);
    }

    private static JsonElement Find(JsonElement page, Guid id) => Assert.Single(page.GetProperty("items").EnumerateArray(), item => item.GetProperty("id").GetGuid() == id);
}
