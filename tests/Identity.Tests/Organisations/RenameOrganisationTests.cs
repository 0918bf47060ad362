using System.Net;
using Gengdu.Contracts.Identity.V1;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class RenameOrganisationTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Put_NewName_KeepsTheCodeAndIsFoundByItsPinyin()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = await _host.AdministratorOfAsync("130102");
        await RenameAsync(client, school, "滹沱河畔小学").OkAsync();
        var renamed = await _host.OrganisationAsync(school.Code);
        Assert.Equal(("滹沱河畔小学", 2L), (renamed.NameZh, renamed.Version));
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.NameZh == "滹沱河畔小学" && e.Version == 2);
        foreach (var search in new[] { "滹沱", "hutuohe", "hthp", "Riverside" })
        {
            Assert.Equal(1, (await (await client.GetAsync($"/api/identity/organisations?search={search}")).JsonAsync()).GetProperty("total").GetInt32());
        }
    }

    [Theory]
    [InlineData("", "IDN-0056")]
    [InlineData("=HYPERLINK(\"x\")", "IDN-0056")]
    [InlineData("看不见\u200b的小学", "IDN-0056")]
    public async Task Put_NameThatIsNone_IsRefused(string name, string code)
    {
        using var client = _host.Administrator;
        await RenameAsync(client, await _host.NewSchoolAsync("130102"), name).RefusedAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Put_TheSameName_IsRefused()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, school, "name", new { nameZh = school.NameZh, nameEn = school.NameEn }).RefusedAsync(HttpStatusCode.Conflict, "IDN-0044");
    }

    [Fact]
    public async Task Put_OutsideTheSubtree_Is404()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = await _host.AdministratorOfAsync("130104");
        await RenameAsync(client, school, "别人的小学").RefusedAsync(HttpStatusCode.NotFound, "GEN-0006");
    }

    private static Task<HttpResponseMessage> RenameAsync(HttpClient client, Identity.Organisations.Organisation school, string name) =>
        client.ChangeAsync(HttpMethod.Put, school, "name", new { nameZh = name, nameEn = "Riverside Primary School" });
}
