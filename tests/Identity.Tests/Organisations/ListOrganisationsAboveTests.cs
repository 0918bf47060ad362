using System.Net;
using System.Text.Json;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class ListOrganisationsAboveTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_OnAnEarlierDay_GivesTheCountyAndCityOfThen()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync("130204")).OkAsync();
        var then = await (await client.GetAsync($"/api/identity/organisations/{school.Id}/above?on=2025-09-01")).JsonAsync();
        Assert.Equal(["130000", "130100", "130102"], Codes(then));
        var now = await (await client.GetAsync($"/api/identity/organisations/{school.Id}/above")).JsonAsync();
        Assert.Equal(["130000", "130200", "130204"], Codes(now));
        var asOf = await (await client.GetAsync($"/api/identity/organisations/{school.Id}?on=2025-09-01")).JsonAsync();
        Assert.Equal((school.Path, 1L), (asOf.GetProperty("path").GetString(), asOf.GetProperty("version").GetInt64()));
        var list = await (await client.GetAsync($"/api/identity/organisations?on=2025-09-01&parentId={school.ParentId}&search={school.Code}")).JsonAsync();
        Assert.Equal(1, list.GetProperty("total").GetInt32());
    }

    /// <summary>Rights follow the present tree: the new county may know whence its school came, the old one sees it no more.</summary>
    [Fact]
    public async Task Get_AfterAMove_IsTheNewCountysAffair()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync("130204")).OkAsync();
        using var after = await _host.AdministratorOfAsync("130204");
        Assert.Equal(["130102"], Codes(await (await after.GetAsync($"/api/identity/organisations/{school.Id}/above?on=2025-09-01")).JsonAsync()));
        using var before = await _host.AdministratorOfAsync("130102");
        Assert.Equal(HttpStatusCode.NotFound, (await before.GetAsync($"/api/identity/organisations/{school.Id}/above?on=2025-09-01")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await before.GetAsync($"/api/identity/organisations/{school.Id}?on=2025-09-01")).StatusCode);
    }

    private static IEnumerable<string?> Codes(JsonElement line) => line.EnumerateArray().Select(one => one.GetProperty("code").GetString());
}
