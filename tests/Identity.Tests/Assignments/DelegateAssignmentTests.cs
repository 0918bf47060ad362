using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class DelegateAssignmentTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Path = "/api/identity/delegations";
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_GivesTheDeputyTheRight_ShowsForWhom_AndEndsWithTheLastDay()
    {
        var (holder, original) = await _host.HeldAsync(Roles.CountyReviewer, "130102");
        var deputy = await _host.PersonAsync(Roles.Reporter, "130102");
        using var client = _host.CreateClient(holder);
        var until = _host.Today().AddDays(14);
        var response = await client.PostAsync(Path, new { assignmentId = original, deputyId = deputy, until, reason = "病假" });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var id = (await response.JsonAsync()).GetProperty("id").GetGuid();
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == id && e.Role == Roles.CountyReviewer && e.ValidTo == until);

        using var theirs = _host.CreateClient(deputy);
        var mine = (await (await theirs.GetAsync("/api/identity/me")).JsonAsync()).GetProperty("assignments").EnumerateArray().Single(a => a.GetProperty("id").GetGuid() == id);
        Assert.Equal((holder, $"{until:yyyy-MM-dd}"), (mine.GetProperty("delegatedFrom").GetProperty("personId").GetGuid(), mine.GetProperty("validTo").GetString()));
        using var administrator = await _host.AdministratorOfAsync("130102");
        var county = await _host.OrganisationAsync("130102");
        var right = (await (await administrator.GetAsync($"/api/identity/organisations/{county.Id}/rights")).JsonAsync()).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("assignmentId").GetGuid() == id);
        Assert.Equal(holder, right.GetProperty("delegatedFrom").GetProperty("personId").GetGuid());

        Assert.Equal("IDN-0032", await CodeAsync(theirs, new { assignmentId = id, deputyId = holder, until }));
        Assert.Equal("IDN-0022", await CodeAsync(client, new { assignmentId = original, deputyId = deputy, until }));
    }

    [Fact]
    public async Task Post_WhatCannotBe_IsRefused()
    {
        var (holder, original) = await _host.HeldAsync(Roles.CountyReviewer, "130104");
        var deputy = await _host.PersonAsync(Roles.Reporter, "130104");
        var stranger = await _host.PersonAsync(Roles.Reporter, "130105");
        var auditor = await _host.HolderAsync(Roles.Auditor, "130104");
        using var client = _host.CreateClient(holder);
        var today = _host.Today();
        Assert.Equal("IDN-0034", await CodeAsync(client, new { assignmentId = original, deputyId = deputy, until = today.AddDays(93) }));
        Assert.Equal("IDN-0034", await CodeAsync(client, new { assignmentId = original, deputyId = deputy, until = today.AddDays(-1) }));
        Assert.Equal("GEN-0001", await CodeAsync(client, new { assignmentId = original, deputyId = deputy }));
        Assert.Equal("IDN-0033", await CodeAsync(client, new { assignmentId = original, deputyId = stranger, until = today }));
        Assert.Equal("IDN-0033", await CodeAsync(client, new { assignmentId = original, deputyId = holder, until = today }));
        Assert.Equal("IDN-0027", await CodeAsync(client, new { assignmentId = original, deputyId = auditor, until = today }));
        Assert.Equal("GEN-0011", await CodeAsync(client, new { assignmentId = original, deputyId = deputy, until = today, reason = new string('因', 201) }));
        using var other = _host.CreateClient(stranger);
        Assert.Equal("GEN-0006", await CodeAsync(other, new { assignmentId = original, deputyId = stranger, until = today }));
        using var colleague = _host.CreateClient(deputy);
        Assert.Equal("GEN-0005", await CodeAsync(colleague, new { assignmentId = original, deputyId = deputy, until = today }));
        var (desk, own) = await _host.HeldAsync(Roles.Administrator, "130104");
        using var administrator = _host.CreateClient(desk);
        Assert.Equal("IDN-0023", await CodeAsync(administrator, new { assignmentId = original, deputyId = desk, until = today }));
        Assert.Equal("IDN-0032", await CodeAsync(administrator, new { assignmentId = own, deputyId = deputy, until = today }));
        Assert.Equal(HttpStatusCode.Created, (await administrator.PostAsync(Path, new { assignmentId = original, deputyId = deputy, until = today.AddDays(92) })).StatusCode);
    }

    [Fact]
    public async Task Delete_OfTheOriginal_EndsWhatWasDelegatedOfIt()
    {
        var (holder, original) = await _host.HeldAsync(Roles.CountyReviewer, "130107");
        var deputy = await _host.PersonAsync(Roles.Reporter, "130107");
        using var client = _host.CreateClient(holder);
        var id = (await (await client.PostAsync(Path, new { assignmentId = original, deputyId = deputy, until = _host.Today().AddDays(5) })).JsonAsync()).GetProperty("id").GetGuid();
        using var administrator = await _host.AdministratorOfAsync("130107");
        Assert.Equal(HttpStatusCode.NoContent, (await administrator.DeleteAsync(Arranging.At($"/api/identity/assignments/{original}"))).StatusCode);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == id && e.Removed);
        Assert.Equal("IDN-0029", await CodeAsync(client, new { assignmentId = original, deputyId = deputy, until = _host.Today() }));
    }

    private static async Task<string?> CodeAsync(HttpClient client, object body) => (await (await client.PostAsync(Path, body)).JsonAsync()).GetProperty("code").GetString();
}
