using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class ListDelegationsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_ShowsBothSidesTheirs_AndNobodyElse()
    {
        var (holder, deputy, id) = await _host.DelegatedAsync("130102");
        foreach (var (person, mine) in new[] { (holder, true), (deputy, false) })
        {
            using var client = _host.CreateClient(person);
            var item = Assert.Single((await (await client.GetAsync("/api/identity/delegations")).JsonAsync()).GetProperty("items").EnumerateArray());
            Assert.Equal((id, mine, holder, deputy), (item.GetProperty("id").GetGuid(), item.GetProperty("mine").GetBoolean(), item.GetProperty("holder").GetProperty("personId").GetGuid(), item.GetProperty("deputy").GetProperty("personId").GetGuid()));
        }

        using var other = _host.CreateClient(await _host.HolderAsync(Roles.CountyReviewer, "130102"));
        Assert.Equal(0, (await (await other.GetAsync("/api/identity/delegations")).JsonAsync()).GetProperty("total").GetInt32());
    }
}
