using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.People;

public sealed class TransferPersonTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_MovesEveryRole_AndLeavesNoLinkToTheOldPlace()
    {
        var (from, to) = (await _host.OrganisationAsync(await _host.SchoolAsync("130102")), await _host.OrganisationAsync(await _host.SchoolAsync("130104")));
        var teacher = await _host.PersonAsync(Roles.Approver, from.Code, password: null);
        using var city = await _host.AdministratorOfAsync("130100");
        // A role that begins later, what was delegated of another, and a code the old desk knows.
        await city.PostAsync("/api/identity/assignments", new { personId = teacher, role = Roles.Reporter, organisationId = from.Id, validFrom = _host.Today().AddDays(10) });
        var colleague = await _host.PersonAsync(Roles.Reporter, from.Code);
        var original = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == teacher && a.Role == Roles.Approver).Select(a => a.Id).SingleAsync());
        (await city.PostAsync("/api/identity/delegations", new { assignmentId = original, deputyId = colleague, until = _host.Today().AddDays(9) })).EnsureSuccessStatusCode();
        (await city.PostAsync($"/api/identity/people/{teacher}/invitation", new { })).EnsureSuccessStatusCode();
        using var theirs = _host.CreateClient(teacher);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"/api/identity/organisations/{from.Id}")).StatusCode);

        var response = await city.PostAsync($"/api/identity/people/{teacher}/transfers", new { fromOrganisationId = from.Id, toOrganisationId = to.Id, reason = "调入" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var answer = await response.JsonAsync();
        Assert.Equal((2, 2), (answer.GetProperty("ended").GetArrayLength(), answer.GetProperty("begun").GetArrayLength()));
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync($"/api/identity/organisations/{from.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"/api/identity/organisations/{to.Id}")).StatusCode);
        var left = await _host.InDatabaseAsync(db => db.Assignments.AsNoTracking().Where(a => a.OrganisationId == from.Id && !a.Removed).Select(a => a.PersonId).ToListAsync());
        Assert.Equal([colleague], left);
        Assert.False(await _host.InDatabaseAsync(db => db.Assignments.AnyAsync(a => a.DelegatedFrom == original && !a.Removed)));
        Assert.False(await _host.InDatabaseAsync(db => db.OneTimeCodes.AnyAsync(c => c.PersonId == teacher && c.UsedAt == null)));
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == original && e.Removed);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == teacher && e.OrganisationId == to.Id && e.Role == Roles.Reporter);
        Assert.Equal(HttpStatusCode.NotFound, (await city.PostAsync($"/api/identity/people/{teacher}/transfers", new { fromOrganisationId = from.Id, toOrganisationId = to.Id })).StatusCode);
    }

    [Theory]
    [InlineData("130102", "130102", "130104", "GEN-0006")]
    [InlineData("130104", "130102", "130104", "GEN-0006")]
    [InlineData("130100", "130102", "130102", "IDN-0016")]
    [InlineData("130100", "130102", "130104", null)]
    public async Task Post_NeedsTheRightOnBothEnds(string desk, string fromCode, string toCode, string? code)
    {
        var (from, to) = (await _host.OrganisationAsync(fromCode), await _host.OrganisationAsync(toCode));
        var person = await _host.PersonAsync(Roles.Reporter, fromCode);
        using var client = await _host.AdministratorOfAsync(desk);
        var response = await client.PostAsync($"/api/identity/people/{person}/transfers", new { fromOrganisationId = from.Id, toOrganisationId = to.Id });
        Assert.Equal(code, code is null ? null : (await response.JsonAsync()).GetProperty("code").GetString());
        Assert.Equal(code is null ? 2 : 1, await _host.InDatabaseAsync(db => db.Assignments.CountAsync(a => a.PersonId == person)));
    }

    [Fact]
    public async Task Post_RolesThatDoNotFitOrAreNotTheirs_ChangesNothing()
    {
        var (from, to) = (await _host.OrganisationAsync("130102"), await _host.OrganisationAsync(await _host.SchoolAsync("130102")));
        var reviewer = await _host.HolderAsync(Roles.CountyReviewer, "130102");
        var auditor = await _host.HolderAsync(Roles.Auditor, "130102");
        var (desk, _) = await _host.HeldAsync(Roles.Administrator, "130102");
        using var county = _host.CreateClient(desk);
        Assert.Equal("IDN-0020", await CodeAsync(county, reviewer, new { fromOrganisationId = from.Id, toOrganisationId = to.Id }));
        Assert.Equal("IDN-0026", await CodeAsync(county, reviewer, new { fromOrganisationId = from.Id, toOrganisationId = to.Id, roles = new[] { Roles.Auditor } }));
        Assert.Equal("IDN-0028", await CodeAsync(county, auditor, new { fromOrganisationId = from.Id, toOrganisationId = to.Id, roles = new[] { Roles.Reporter } }));
        Assert.Equal("IDN-0023", await CodeAsync(county, desk, new { fromOrganisationId = from.Id, toOrganisationId = to.Id }));
        Assert.Equal(3, await _host.InDatabaseAsync(db => db.Assignments.CountAsync(a => (a.PersonId == reviewer || a.PersonId == auditor || a.PersonId == desk) && !a.Removed)));
        using var city = _host.CreateClient(await _host.HolderAsync(Roles.CitySupervisor, "130100"));
        Assert.Equal("GEN-0005", await CodeAsync(city, reviewer, new { fromOrganisationId = from.Id, toOrganisationId = to.Id }));
        Assert.Equal(HttpStatusCode.OK, (await county.PostAsync($"/api/identity/people/{reviewer}/transfers", new { fromOrganisationId = from.Id, toOrganisationId = to.Id, roles = new[] { Roles.Reporter } })).StatusCode);
    }

    private static async Task<string?> CodeAsync(HttpClient client, Guid person, object body) =>
        (await (await client.PostAsync($"/api/identity/people/{person}/transfers", body)).JsonAsync()).GetProperty("code").GetString();
}
