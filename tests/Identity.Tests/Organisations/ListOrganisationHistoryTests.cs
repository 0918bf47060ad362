using System.Net;
using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class ListOrganisationHistoryTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Get_MovedSchool_TellsWhereItStoodAndWhy()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync("130104")).OkAsync();
        var history = await (await client.GetAsync($"/api/identity/organisations/{school.Id}/history")).JsonAsync();
        Assert.Equal(2, history.GetProperty("total").GetInt32());
        Assert.Equal(["moved 桥西区", "created 长安区"], history.GetProperty("items").EnumerateArray().Select(v => $"{v.GetProperty("act").GetString()} {v.GetProperty("parentNameZh").GetString()}"));
    }

    [Fact]
    public async Task Get_OutsideTheSubtree_Is404()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = await _host.AdministratorOfAsync("130104");
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/identity/organisations/{school.Id}/history")).StatusCode);
    }

    [Fact]
    public async Task RowsOlderThanTheHistory_GetTheirFirstVersionOnce()
    {
        var school = await _host.NewSchoolAsync("130102");
        await _host.InDatabaseAsync(db => db.OrganisationVersions.Where(v => v.OrganisationId == school.Id).ExecuteDeleteAsync());
        await _host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(FirstVersions.Sql));
        await _host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(FirstVersions.Sql));
        var first = await _host.InDatabaseAsync(db => db.OrganisationVersions.SingleAsync(v => v.OrganisationId == school.Id));
        Assert.Equal((1L, school.Path, "130102", school.ValidFrom), (first.Version, first.Path, first.ParentCode, first.EffectiveFrom));
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync("130104")).OkAsync();
    }
}
