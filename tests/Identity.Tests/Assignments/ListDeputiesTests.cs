using System.Net;
using Gengdu.Organisations;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class ListDeputiesTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_NamesColleaguesOfThePlace_WhoMayAndNeedIt()
    {
        var (holder, original) = await _host.HeldAsync(Roles.CountyReviewer, "130102");
        var colleague = await _host.PersonAsync(Roles.Reporter, "130102");
        await _host.HolderAsync(Roles.CountyReviewer, "130102");
        await _host.HolderAsync(Roles.Auditor, "130102");
        await _host.PersonAsync(Roles.Reporter, "130104");
        using var client = _host.CreateClient(holder);
        var answer = await (await client.GetAsync($"/api/identity/assignments/{original}/deputies")).JsonAsync();
        Assert.Equal(colleague, Assert.Single(answer.GetProperty("items").EnumerateArray()).GetProperty("personId").GetGuid());
        Assert.Equal($"{_host.Today().AddDays(92):yyyy-MM-dd}", answer.GetProperty("latest").GetString());
    }

    [Theory]
    [InlineData(Roles.Reporter, "130104", HttpStatusCode.NotFound)]
    [InlineData(Roles.CitySupervisor, "130100", HttpStatusCode.Forbidden)]
    [InlineData(Roles.Administrator, "130100", HttpStatusCode.OK)]
    public async Task Get_IsForTheHolderAndTheDesk(string role, string at, HttpStatusCode expected)
    {
        var (_, original) = await _host.HeldAsync(Roles.CountyReviewer, "130105");
        using var client = _host.CreateClient(await _host.HolderAsync(role, at));
        Assert.Equal(expected, (await client.GetAsync($"/api/identity/assignments/{original}/deputies")).StatusCode);
    }
}
