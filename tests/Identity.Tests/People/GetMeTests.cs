using System.Net;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.People;

public sealed class GetMeTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_Me_ShowsMyRolesAndWhere()
    {
        var id = await _host.PersonAsync("city-supervisor", "130682");
        using var client = _host.CreateClient(id);
        var me = await (await client.GetAsync("/api/identity/me")).JsonAsync();
        Assert.Equal(id, me.GetProperty("personId").GetGuid());
        var assignment = Assert.Single(me.GetProperty("assignments").EnumerateArray());
        Assert.Equal(("city-supervisor", "定州市"), (assignment.GetProperty("role").GetString(), assignment.GetProperty("organisation").GetProperty("nameZh").GetString()));
    }

    [Fact]
    public async Task Get_WithATokenOfNobody_IsNotFound()
    {
        using var client = _host.CreateClient(TestTokens.Issue(Guid.CreateVersion7(_host.Clock.GetUtcNow()), "identity"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/identity/me")).StatusCode);
    }
}
