using System.Net;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Assignments;

/// <summary>System, security and audit administrators through the API: what each gives, takes and cannot.</summary>
public sealed class SeparatedAdministratorsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Path = "/api/identity/assignments";
    private readonly IdentityHost _host = fixture.Host;

    [Theory]
    [InlineData(Roles.Administrator, Roles.SecurityAdministrator, "IDN-0026")]
    [InlineData(Roles.Administrator, Roles.Auditor, "IDN-0026")]
    [InlineData(Roles.Administrator, Roles.CountyReviewer, null)]
    [InlineData(Roles.SecurityAdministrator, Roles.SecurityAdministrator, null)]
    [InlineData(Roles.SecurityAdministrator, Roles.Administrator, "IDN-0026")]
    [InlineData(Roles.SecurityAdministrator, Roles.Reporter, "IDN-0026")]
    [InlineData(Roles.Auditor, Roles.Administrator, "IDN-0026")]
    [InlineData(Roles.Auditor, Roles.Auditor, "IDN-0027")]
    public async Task Post_GivesOnlyWhatTheGiverMay(string giver, string role, string? code)
    {
        var county = await _host.OrganisationAsync("130102");
        using var client = _host.CreateClient(await _host.HolderAsync(giver, "130100"));
        var person = await _host.PersonAsync(Roles.Approver, "130102");
        var response = await client.PostAsync(Path, new { personId = person, role, organisationId = county.Id });
        Assert.Equal(code, code is null ? null : (await response.JsonAsync()).GetProperty("code").GetString());
        Assert.Equal(code is null, response.StatusCode == HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(Roles.SecurityAdministrator, Roles.Administrator)]
    [InlineData(Roles.Auditor, Roles.Administrator)]
    [InlineData(Roles.Auditor, Roles.Reporter)]
    public async Task Post_RolesThatDoNotGoTogether_IsAConflict(string held, string role)
    {
        var county = await _host.OrganisationAsync("130102");
        using var client = _host.Administrator;
        var response = await client.PostAsync(Path, new { personId = await _host.HolderAsync(held, "130104"), role, organisationId = county.Id });
        Assert.Equal((HttpStatusCode.Conflict, "IDN-0027"), (response.StatusCode, (await response.JsonAsync()).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Post_TwoKindsAtOnceByTwoGivers_LeavesOne()
    {
        var county = await _host.OrganisationAsync("130102");
        using var system = _host.Administrator;
        using var security = _host.CreateClient(await _host.HolderAsync(Roles.SecurityAdministrator, "130000"));
        for (var round = 0; round < 10; round++)
        {
            var person = await _host.PersonAsync(Roles.Reporter, "130102");
            var answers = await Task.WhenAll(
                system.PostAsync(Path, new { personId = person, role = Roles.Administrator, organisationId = county.Id }),
                security.PostAsync(Path, new { personId = person, role = Roles.SecurityAdministrator, organisationId = county.Id }));
            Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], answers.Select(a => a.StatusCode).Order());
            Assert.Equal(2, await _host.InDatabaseAsync(db => db.Assignments.CountAsync(a => a.PersonId == person)));
        }
    }

    [Theory]
    [InlineData(Roles.SecurityAdministrator, Roles.Administrator, HttpStatusCode.NoContent)]
    [InlineData(Roles.SecurityAdministrator, Roles.Auditor, HttpStatusCode.NoContent)]
    [InlineData(Roles.SecurityAdministrator, Roles.Reporter, HttpStatusCode.NoContent)]
    [InlineData(Roles.Administrator, Roles.Auditor, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Administrator, Roles.SecurityAdministrator, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Auditor, Roles.Administrator, HttpStatusCode.Forbidden)]
    [InlineData(Roles.Auditor, Roles.Auditor, HttpStatusCode.NoContent)]
    public async Task Delete_IsTheGiversOrTheSecurityAdministrators(string taker, string role, HttpStatusCode expected)
    {
        var person = await _host.HolderAsync(role, "130102");
        var id = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == person).Select(a => a.Id).SingleAsync());
        using var client = _host.CreateClient(await _host.HolderAsync(taker, "130100"));
        Assert.Equal(expected, (await client.DeleteAsync(Arranging.At($"{Path}/{id}"))).StatusCode);
    }

    [Fact]
    public async Task Desk_OfSecurity_LooksAfterEverybody_AndTheSystemsNotAfterTheOtherTwo()
    {
        using var system = _host.CreateClient(await _host.HolderAsync(Roles.Administrator, "130100"));
        using var security = _host.CreateClient(await _host.HolderAsync(Roles.SecurityAdministrator, "130100"));
        using var auditor = _host.CreateClient(await _host.HolderAsync(Roles.Auditor, "130100"));
        foreach (var (role, bySystem) in new[] { (Roles.Reporter, "200"), (Roles.Administrator, "200"), (Roles.SecurityAdministrator, "403 IDN-0015"), (Roles.Auditor, "403 IDN-0015") })
        {
            var person = await _host.HolderAsync(role, "130102");
            Assert.Equal(bySystem, await ResetAsync(system, person));
            Assert.Equal("200", await ResetAsync(security, person));
            Assert.Equal("403 GEN-0005", await ResetAsync(auditor, person));
            var listed = await (await system.GetAsync($"/api/identity/people?search=holder-{person:N}")).JsonAsync();
            Assert.Equal(bySystem == "200", Assert.Single(listed.GetProperty("items").EnumerateArray()).GetProperty("mayAct").GetBoolean());
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync("/api/identity/people")).StatusCode);
    }

    [Fact]
    public async Task Put_DisablingTheLastOfItsKindAtTheProvince_IsRefused()
    {
        using var security = _host.CreateClient(await _host.HolderAsync(Roles.SecurityAdministrator, "130000"));
        var response = await security.PutAsync(Arranging.At($"/api/identity/people/{_host.AdministratorId}/disabled"), null);
        Assert.Equal("IDN-0024", (await response.JsonAsync()).GetProperty("code").GetString());
    }

    private static async Task<string> ResetAsync(HttpClient client, Guid person)
    {
        var response = await client.PostAsync($"/api/identity/people/{person}/password-reset", new { });
        return response.IsSuccessStatusCode ? "200" : $"{(int)response.StatusCode} {(await response.JsonAsync()).GetProperty("code").GetString()}";
    }
}
