using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class ListColleaguesTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_NamesThoseOfTheOwnPlaces_AndNobodyAboveOrBeside()
    {
        var me = await _host.HolderAsync(Roles.Reporter, "130102");
        Guid colleague = await _host.PersonAsync(Roles.CountyReviewer, "130102"), beside = await _host.PersonAsync(Roles.Reporter, "130104"), above = await _host.PersonAsync(Roles.CitySupervisor, "130100");
        var seen = await OfAsync(me);
        Assert.Contains(colleague, seen);
        Assert.Contains(me, seen);
        Assert.DoesNotContain(beside, seen);
        Assert.DoesNotContain(above, seen);
    }

    [Fact]
    public async Task Get_WithoutRights_NamesNobody() => Assert.Empty(await OfAsync(Guid.CreateVersion7(TimeProvider.System.GetUtcNow())));

    private async Task<IReadOnlyList<Guid>> OfAsync(Guid person)
    {
        using var client = _host.CreateClient(person);
        return [.. (await (await client.GetAsync("/api/identity/colleagues")).JsonAsync()).EnumerateArray().Select(one => one.GetProperty("personId").GetGuid())];
    }
}
