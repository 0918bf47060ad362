using System.Net;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.FillIns;

public sealed class ListFillInsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_ShowsBothSidesTheSame_WhatHasEndedLast_AndOnlyToTheirAdministrators()
    {
        var (central, first, second) = (await _host.SchoolAsync("130109"), await _host.PointAsync("130109"), await _host.PointAsync("130109"));
        var (reporter, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130109");
        var ended = (await _host.DeclaredAsync(desk, central, first, null, original)).GetProperty("id").GetGuid();
        (await desk.DeleteAsync(Arranging.At($"/api/identity/fill-ins/{ended}"))).EnsureSuccessStatusCode();
        var open = (await _host.DeclaredAsync(desk, central, second, null, original)).GetProperty("id").GetGuid();
        var school = await _host.OrganisationAsync(central);
        var items = (await (await desk.GetAsync($"/api/identity/organisations/{school.Id}/fill-ins")).JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal([(open, true, 1), (ended, false, 0)], items.Select(i => (i.GetProperty("id").GetGuid(), i.GetProperty("open").GetBoolean(), i.GetProperty("people").GetArrayLength())));
        var point = await _host.OrganisationAsync(second);
        var there = (await (await desk.GetAsync($"/api/identity/organisations/{point.Id}/fill-ins")).JsonAsync()).GetProperty("items");
        Assert.Equal((open, central), (there[0].GetProperty("id").GetGuid(), there[0].GetProperty("school").GetProperty("code").GetString()));
        using var own = _host.CreateClient(reporter);
        using var refused = await own.GetAsync($"/api/identity/organisations/{school.Id}/fill-ins");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
