using System.Net;
using System.Text;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class ImportDivisionsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private const string Heading = "code,parent_code,name_zh,name_en,level_roles,kind,valid_from,valid_to,note\n";
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_TheSameFileAgain_ChangesNothing()
    {
        using var client = _host.Administrator;
        var before = await _host.InDatabaseAsync(db => db.Organisations.CountAsync());
        var answer = await (await client.PostAsync(Arranging.At("/api/identity/divisions"), await IdentityHost.DivisionsAsync())).JsonAsync();
        Assert.Equal((0, 0, 203), (answer.GetProperty("created").GetInt32(), answer.GetProperty("changed").GetInt32(), answer.GetProperty("unchanged").GetInt32()));
        Assert.Equal(before, await _host.InDatabaseAsync(db => db.Organisations.CountAsync()));
    }

    [Fact]
    public async Task Post_Divisions_PublishesEachWithItsPath()
    {
        var dingzhou = await _host.OrganisationAsync("130682");
        var published = await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == "130682");
        Assert.Equal((dingzhou.Id, dingzhou.Path, 1L), (published.OrganisationId, published.Path, published.Version));
        Assert.Equal(["city", "county"], published.LevelRoles);
    }

    [Fact]
    public async Task Post_MovedCounty_MovesItsSchoolsAndCountsVersions()
    {
        await ImportAsync(Heading + "139901,130000,甲市,Jia,city,division,2020-09-01,,\n139902,130000,乙市,Yi,city,division,2020-09-01,,\n139903,139901,丙县,Bing,county,division,2020-09-01,,\n");
        var school = await _host.SchoolAsync("139903");
        await ImportAsync(Heading + "139903,139902,丙县,Bing,county,division,2020-09-01,,\n");
        var (city, moved) = (await _host.OrganisationAsync("139902"), await _host.OrganisationAsync(school));
        Assert.StartsWith(city.Path, moved.Path, StringComparison.Ordinal);
        Assert.Equal(2, moved.Version);
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.Code == school && e.Version == 2 && e.Path == moved.Path);
    }

    [Theory]
    [InlineData("130101,130100,甲,A,county,division,2020-09-01,,\n130101,130100,乙,B,county,division,2020-09-01,,\n", 3, "duplicate")]
    [InlineData("130101,139999,甲,A,county,division,2020-09-01,,\n", 2, "unknown-parent")]
    [InlineData("130199,130000,甲,A,city,division,2020-09-01,,\n130101,,甲,A,county,division,2020-09-01,,\n", 3, "unknown-parent")]
    [InlineData("130101,130000,甲,A,county,division,2020-09-01,,\n", 2, "level")]
    [InlineData("130101,130100,甲,A,village,division,2020-09-01,,\n", 2, "option")]
    [InlineData("1301,130100,甲,A,county,division,2020-09-01,,\n", 2, "pattern")]
    [InlineData("130101,130100,甲,A,county,division,01.09.2020,,\n", 2, "date")]
    [InlineData("130101,130103,甲,A,city,division,2020-09-01,,\n130103,130101,乙,B,city,division,2020-09-01,,\n", 2, "level")]
    public async Task Post_FaultyLine_ImportsNothingAndNamesTheLine(string lines, int line, string code)
    {
        var before = await _host.InDatabaseAsync(db => db.Organisations.CountAsync());
        var response = await SendAsync(Heading + lines);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await response.JsonAsync();
        Assert.Equal("IDN-0001", problem.GetProperty("code").GetString());
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), e => e.GetProperty("line").GetInt32() == line && e.GetProperty("code").GetString() == code);
        Assert.Equal(before, await _host.InDatabaseAsync(db => db.Organisations.CountAsync()));
    }

    [Fact]
    public async Task Post_AdministratorOfACity_IsForbidden()
    {
        using var client = await _host.AdministratorOfAsync("130100");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(Arranging.At("/api/identity/divisions"), await IdentityHost.DivisionsAsync())).StatusCode);
    }

    private async Task ImportAsync(string text) => (await SendAsync(text)).EnsureSuccessStatusCode();

    private async Task<HttpResponseMessage> SendAsync(string text)
    {
        using var client = _host.Administrator;
        using var body = new StringContent(text, Encoding.UTF8, "text/csv");
        return await client.PostAsync(Arranging.At("/api/identity/divisions"), body);
    }
}
