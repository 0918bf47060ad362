using System.Net;
using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.FillIns;

public sealed class DeclareFillInTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_GivesTheChosenPeopleTheirRolesThere_ForThatTime_AndTheySeeFromWhere()
    {
        var (central, point) = (await _host.SchoolAsync("130102"), await _host.PointAsync("130102"));
        var (reporter, first) = await _host.HeldAsync(Roles.Reporter, central);
        var (approver, second) = await _host.HeldAsync(Roles.Approver, central);
        using var desk = await _host.AdministratorOfAsync("130102");
        var until = _host.Today().AddDays(100);
        var declared = await _host.DeclaredAsync(desk, central, point, until, first, second);
        Assert.Equal(2, declared.GetProperty("people").GetArrayLength());
        var there = await _host.OrganisationAsync(point);
        foreach (var (person, role) in new[] { (reporter, Roles.Reporter), (approver, Roles.Approver) })
        {
            await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == person && e.Role == role && e.OrganisationId == there.Id && e.ValidTo == until && !e.Removed);
            using var client = _host.CreateClient(person);
            var mine = (await (await client.GetAsync("/api/identity/me")).JsonAsync()).GetProperty("assignments").EnumerateArray().ToDictionary(a => a.GetProperty("organisation").GetProperty("code").GetString()!);
            Assert.Equal(central, mine[point].GetProperty("fillsInFrom").GetProperty("code").GetString());
            Assert.Equal(JsonValueKind.Null, mine[central].GetProperty("fillsInFrom").ValueKind);
        }

        var id = declared.GetProperty("id").GetGuid();
        Assert.Contains(await _host.AuditOfAsync(id), act => act.Act == "fill-in.declared");
    }

    [Fact]
    public async Task Post_WhatCannotBe_IsRefused()
    {
        var (central, point) = (await _host.SchoolAsync("130107"), await _host.PointAsync("130107"));
        var (reporter, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130107");
        var (other, foreignPoint) = (await _host.SchoolAsync("130107"), await _host.PointAsync("130108"));
        var (_, elsewhere) = await _host.HeldAsync(Roles.Reporter, other);
        Assert.Equal("IDN-0110", await CodeAsync(desk, central, other, original));
        Assert.Equal("IDN-0110", await CodeAsync(desk, point, central, original));
        Assert.Equal("GEN-0006", await CodeAsync(desk, central, foreignPoint, original));
        Assert.Equal("IDN-0111", await CodeAsync(desk, central, point));
        Assert.Equal("IDN-0111", await CodeAsync(desk, central, point, elsewhere));
        using var own = _host.CreateClient(reporter);
        Assert.Equal("GEN-0006", await CodeAsync(own, central, point, original));
        using var neighbour = await _host.AdministratorOfAsync("130108");
        Assert.Equal("GEN-0006", await CodeAsync(neighbour, central, point, original));
        await _host.DeclaredAsync(desk, central, point, null, original);
        Assert.Equal("IDN-0112", await CodeAsync(desk, central, point, original));
        using var foreign = await neighbour.GetAsync($"/api/identity/organisations/{(await _host.OrganisationAsync(point)).Id}/fill-ins");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    private async Task<string?> CodeAsync(HttpClient client, string central, string point, params Guid[] assignments)
    {
        using var response = await _host.DeclareAsync(client, central, point, null, assignments);
        return (await response.JsonAsync()).GetProperty("code").GetString();
    }
}
