using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class WithdrawDelegationTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Theory]
    [InlineData("holder")]
    [InlineData("deputy")]
    [InlineData("desk")]
    public async Task Delete_ByWhomItConcerns_EndsItAtOnceAndOnce(string who)
    {
        var (holder, deputy, id) = await _host.DelegatedAsync("130102");
        using var client = _host.CreateClient(who switch { "holder" => holder, "deputy" => deputy, _ => await _host.HolderAsync(Roles.SecurityAdministrator, "130100") });
        using var theirs = _host.CreateClient(deputy);
        var school = await _host.OrganisationAsync(await _host.SchoolAsync("130102"));
        Assert.Equal(HttpStatusCode.OK, (await theirs.GetAsync($"/api/identity/organisations/{school.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync(Arranging.At($"/api/identity/delegations/{id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await theirs.GetAsync($"/api/identity/organisations/{school.Id}")).StatusCode);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == id && e.Removed);
        Assert.Equal("IDN-0029", (await (await client.DeleteAsync(Arranging.At($"/api/identity/delegations/{id}"))).JsonAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Delete_ByOthers_IsForbiddenOrNotFound_AndAnAssignmentIsNoDelegation()
    {
        var (_, _, id) = await _host.DelegatedAsync("130104");
        using var outside = _host.CreateClient(await _host.HolderAsync(Roles.CountyReviewer, "130105"));
        using var above = _host.CreateClient(await _host.HolderAsync(Roles.CitySupervisor, "130100"));
        Assert.Equal(HttpStatusCode.NotFound, (await outside.DeleteAsync(Arranging.At($"/api/identity/delegations/{id}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await above.DeleteAsync(Arranging.At($"/api/identity/delegations/{id}"))).StatusCode);
        var (me, own) = await _host.HeldAsync(Roles.CountyReviewer, "130104");
        using var mine = _host.CreateClient(me);
        Assert.Equal(HttpStatusCode.NotFound, (await mine.DeleteAsync(Arranging.At($"/api/identity/delegations/{own}"))).StatusCode);
    }
}
