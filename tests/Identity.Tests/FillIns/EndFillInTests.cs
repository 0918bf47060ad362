using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.FillIns;

public sealed class EndFillInTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Delete_EndsTheRolesThere_AndLeavesTheOthers()
    {
        var (central, point) = (await _host.SchoolAsync("130104"), await _host.PointAsync("130104"));
        var (reporter, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130104");
        var id = (await _host.DeclaredAsync(desk, central, point, null, original)).GetProperty("id").GetGuid();
        using var response = await desk.DeleteAsync(Arranging.At($"/api/identity/fill-ins/{id}"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == reporter && e.Removed);
        Assert.Equal([original], await _host.OpenAsync(reporter));
        Assert.Contains(await _host.AuditOfAsync(id), act => act.Act == "fill-in.ended");
        using var again = await desk.DeleteAsync(Arranging.At($"/api/identity/fill-ins/{id}"));
        Assert.Equal("IDN-0113", (await again.JsonAsync()).GetProperty("code").GetString());
        await _host.DeclaredAsync(desk, central, point, null, original);
    }

    /// <summary>Who leaves the central school has nothing to sign at its teaching points any more.</summary>
    [Fact]
    public async Task RoleAtTheCentralSchoolEnds_SoDoesTheOneAtTheTeachingPoint()
    {
        var (central, point) = (await _host.SchoolAsync("130105"), await _host.PointAsync("130105"));
        var (reporter, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130105");
        await _host.DeclaredAsync(desk, central, point, null, original);
        Assert.Equal(2, (await _host.OpenAsync(reporter)).Count);
        using var response = await desk.DeleteAsync(Arranging.At($"/api/identity/assignments/{original}"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(await _host.OpenAsync(reporter));
    }
}
