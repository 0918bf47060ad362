using System.Net;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class ListOrganisationsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_ByLevel_CountsFourteenCities()
    {
        using var client = _host.Administrator;
        Assert.Equal(14, (await (await client.GetAsync("/api/identity/organisations?level=city")).JsonAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Get_AsCountyReviewer_SeesTheOwnSubtreeOnly()
    {
        var (mine, other) = (await _host.SchoolAsync("130102"), await _host.SchoolAsync("130104"));
        using var client = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130102"));
        var list = await (await client.GetAsync("/api/identity/organisations?pageSize=500")).Content.ReadAsStringAsync();
        Assert.Contains(mine, list, StringComparison.Ordinal);
        Assert.DoesNotContain(other, list, StringComparison.Ordinal);
        Assert.Equal(0, (await (await client.GetAsync($"/api/identity/organisations?search={other}")).JsonAsync()).GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("search=长安区", 1)]
    [InlineData("search=130102", 1)]
    [InlineData("search=%25", 0)]
    [InlineData("search=chang%27an", 1)]
    [InlineData("on=2019-01-01", 0)]
    [InlineData("search=laoting", 1)]
    [InlineData("search=yuxian", 1)]
    [InlineData("search=renqiu", 1)]
    [InlineData("search=xingtang", 1)]
    [InlineData("search=Chang%27an", 1)]
    [InlineData("search=ltx", 1)]
    [InlineData("search=13022", 4)]
    [InlineData("search=30225", 0)]
    [InlineData("search=%27%20or%201=1--", 0)]
    [InlineData("search=_", 0)]
    public async Task Get_Search_FindsByNameAndCode(string query, int total)
    {
        using var client = _host.Administrator;
        Assert.Equal(total, (await (await client.GetAsync($"/api/identity/organisations?level=county&{query}")).JsonAsync()).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Get_WithoutToken_Is401()
    {
        using var client = _host.CreateClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/identity/organisations")).StatusCode);
    }
}
