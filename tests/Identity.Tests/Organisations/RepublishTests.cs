using System.Net;
using Gengdu.Contracts.Identity.V1;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class RepublishTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_Republication_TellsEverythingAgain()
    {
        using var client = _host.Administrator;
        var answer = await (await client.PostAsync("/api/identity/republications", new { })).JsonAsync();
        Assert.True(answer.GetProperty("organisations").GetInt32() >= 203);
        await _host.Events.WaitForAsync<OrganisationChanged>(_ => _host.Events.Published<OrganisationChanged>().Count(e => e.Code == "130102") == 2);
    }

    [Fact]
    public async Task Post_ByAnAdministratorOfACity_IsForbidden()
    {
        using var client = await _host.AdministratorOfAsync("130100");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/api/identity/republications", new { })).StatusCode);
    }
}
