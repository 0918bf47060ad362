using System.Net;
using System.Text.Json;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class ListRightsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_SaysWhoHadWhatSinceWhen_IncludingWhatEnded()
    {
        var code = await _host.SchoolAsync("130102");
        var school = await _host.OrganisationAsync(code);
        using var county = await _host.AdministratorOfAsync("130102");
        var stays = await _host.PersonAsync(Roles.Reporter, code);
        var (gone, id) = await _host.HeldAsync(Roles.Approver, code);
        var before = await RowsAsync(county, $"{school.Id}/rights");
        Assert.Equal([(gone, "current"), (stays, "current")], before.Select(r => (r.GetProperty("personId").GetGuid(), r.GetProperty("state").GetString()!)));
        Assert.Equal(HttpStatusCode.NoContent, (await county.DeleteAsync(Arranging.At($"/api/identity/assignments/{id}"))).StatusCode);
        var after = await RowsAsync(county, $"{school.Id}/rights");
        Assert.Equal([(stays, "current"), (gone, "ended")], after.Select(r => (r.GetProperty("personId").GetGuid(), r.GetProperty("state").GetString()!)));
        var ended = after[1];
        Assert.Equal(("2020-09-01", $"{_host.Today():yyyy-MM-dd}", 2), (ended.GetProperty("since").GetString(), ended.GetProperty("until").GetString(), ended.GetProperty("version").GetInt32()));

        Assert.Equal(2, (await RowsAsync(county, $"{school.Id}/rights?on={_host.Today():yyyy-MM-dd}")).Length);
        Assert.Equal(stays, Assert.Single(await RowsAsync(county, $"{school.Id}/rights?on={_host.Today().AddDays(1):yyyy-MM-dd}")).GetProperty("personId").GetGuid());
        Assert.Equal(gone, Assert.Single(await RowsAsync(county, $"{school.Id}/rights?on=2021-01-01")).GetProperty("personId").GetGuid());
    }

    [Fact]
    public async Task Get_Below_IsAskedFor_AndPaged()
    {
        var code = await _host.SchoolAsync("130105");
        var there = await _host.PersonAsync(Roles.Reporter, code);
        var county = await _host.OrganisationAsync("130105");
        using var security = _host.CreateClient(await _host.HolderAsync(Roles.SecurityAdministrator, "130105"));
        Assert.DoesNotContain(await RowsAsync(security, $"{county.Id}/rights"), r => r.GetProperty("personId").GetGuid() == there);
        Assert.Contains(await RowsAsync(security, $"{county.Id}/rights?includeBelow=true"), r => r.GetProperty("personId").GetGuid() == there);
        var page = await (await security.GetAsync($"/api/identity/organisations/{county.Id}/rights?includeBelow=true&pageSize=1")).JsonAsync();
        Assert.Equal((1, 2), (page.GetProperty("items").GetArrayLength(), page.GetProperty("total").GetInt32()));
    }

    /// <summary>For the audit's page: the ids there get names, of people with a right in the area alone.</summary>
    [Fact]
    public async Task Get_OfSomePeople_NamesThem_AndNobodyOfElsewhere()
    {
        var (here, other, elsewhere) = (await _host.PersonAsync(Roles.Reporter, await _host.SchoolAsync("130108")), await _host.PersonAsync(Roles.Reporter, "130108"), await _host.PersonAsync(Roles.Reporter, "130104"));
        var county = await _host.OrganisationAsync("130108");
        using var auditor = _host.CreateClient(await _host.HolderAsync(Roles.Auditor, "130108"));
        var named = await RowsAsync(auditor, $"{county.Id}/rights?includeBelow=true&personId={here}&personId={elsewhere}");
        Assert.Equal(here, Assert.Single(named).GetProperty("personId").GetGuid());
        Assert.DoesNotContain(other, named.Select(r => r.GetProperty("personId").GetGuid()));
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.GetAsync($"/api/identity/organisations/{county.Id}/rights?personId=everybody")).StatusCode);
    }

    [Theory]
    [InlineData(Roles.Administrator, "130102", HttpStatusCode.OK)]
    [InlineData(Roles.Auditor, "130100", HttpStatusCode.OK)]
    [InlineData(Roles.CountyReviewer, "130102", HttpStatusCode.Forbidden)]
    [InlineData(Roles.Reporter, "130102", HttpStatusCode.Forbidden)]
    [InlineData(Roles.Administrator, "130104", HttpStatusCode.NotFound)]
    public async Task Get_IsForTheThreeAdministratorsOfThePlace(string role, string at, HttpStatusCode expected)
    {
        var county = await _host.OrganisationAsync("130102");
        using var client = _host.CreateClient(await _host.HolderAsync(role, at));
        Assert.Equal(expected, (await client.GetAsync($"/api/identity/organisations/{county.Id}/rights")).StatusCode);
    }

    private static async Task<JsonElement[]> RowsAsync(HttpClient client, string path)
    {
        var response = await client.GetAsync($"/api/identity/organisations/{path}");
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return [.. (await response.JsonAsync()).GetProperty("items").EnumerateArray()];
    }
}
