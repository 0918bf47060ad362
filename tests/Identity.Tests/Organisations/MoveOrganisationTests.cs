using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class MoveOrganisationTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    private DateOnly Today => SchoolDay.Of(_host.Clock.GetUtcNow());

    [Fact]
    public async Task Put_SchoolToAnotherCounty_ChangesItsPathTellsAllAndKeepsTheOldState()
    {
        var (school, old, target) = (await _host.NewSchoolAsync("130102"), await _host.OrganisationAsync("130102"), await _host.OrganisationAsync("130204"));
        using var client = _host.Administrator;
        var answer = await client.MoveAsync(school, target).OkAsync();
        Assert.Equal((true, 1, 1), (answer.GetProperty("applied").GetBoolean(), answer.GetProperty("organisations").GetInt32(), answer.GetProperty("schools").GetInt32()));
        var moved = await _host.OrganisationAsync(school.Code);
        Assert.Equal((target.Id, $"{target.Path}{school.Number}/", 2L), (moved.ParentId, moved.Path, moved.Version));
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.Version == 2 && e.Path == moved.Path);
        var versions = await _host.InDatabaseAsync(db => db.OrganisationVersions.AsNoTracking().Where(v => v.OrganisationId == school.Id).OrderBy(v => v.Version).ToListAsync());
        Assert.Equal([(1L, "created", old.Code, Today), (2L, "moved", target.Code, default(DateOnly?))], versions.Select(v => (v.Version, v.Act, v.ParentCode!, v.EffectiveUntil)));
        Assert.Equal((Today, _host.AdministratorId, "冀教〔2026〕12号"), (versions[1].EffectiveFrom, versions[1].RecordedBy!.Value, versions[1].Reason));
        var acts = await _host.AuditOfAsync(school.Id);
        Assert.Contains(acts, act => act.Act == "organisation.moved" && act.OrganisationPath == moved.Path && act.ActorId == _host.AdministratorId);
    }

    [Fact]
    public async Task Put_CountyToAnotherCity_TakesItsWholeSubtreeAlong()
    {
        var schools = new[] { await _host.NewSchoolAsync("130703"), await _host.NewSchoolAsync("130703") };
        var (county, city) = (await _host.OrganisationAsync("130703"), await _host.OrganisationAsync("130800"));
        await _host.PersonAsync("city-supervisor", "130700");
        using var client = _host.Administrator;
        var expected = await client.ChangeAsync(HttpMethod.Put, county, "parent?preview=true", new { parentId = city.Id }).OkAsync();
        Assert.False(expected.GetProperty("applied").GetBoolean());
        Assert.Equal((1, "130700", "city-supervisor"), (expected.GetProperty("losing")[0].GetProperty("people").GetInt32(), expected.GetProperty("losing")[0].GetProperty("code").GetString(), expected.GetProperty("losing")[0].GetProperty("role").GetString()));
        Assert.Equal(1, (await _host.OrganisationAsync("130703")).Version);
        var answer = await client.MoveAsync(county, city).OkAsync();
        Assert.Equal((expected.GetProperty("organisations").GetInt32(), expected.GetProperty("schools").GetInt32()), (answer.GetProperty("organisations").GetInt32(), answer.GetProperty("schools").GetInt32()));
        var moved = await _host.OrganisationAsync("130703");
        foreach (var school in schools)
        {
            var now = await _host.OrganisationAsync(school.Code);
            Assert.Equal(($"{moved.Path}{school.Number}/", school.Version + 1), (now.Path, now.Version));
            await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.Version == now.Version && e.Path == now.Path);
        }
    }

    [Fact]
    public async Task Put_WithARightAtOneEndOnly_IsRefusedAsIfTheOtherWereNotThere()
    {
        var (school, foreign) = (await _host.NewSchoolAsync("130302"), await _host.OrganisationAsync("130602"));
        using var client = await _host.AdministratorOfAsync("130300");
        await client.MoveAsync(school, foreign).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0040");
        var nowhere = await client.ChangeAsync(HttpMethod.Put, school, "parent", new { parentId = Guid.CreateVersion7(_host.Clock.GetUtcNow()) });
        Assert.Contains("IDN-0040", await nowhere.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var theirs = await _host.AdministratorOfAsync("130600");
        await theirs.MoveAsync(school, foreign).RefusedAsync(HttpStatusCode.NotFound, "GEN-0006");
        Assert.Equal(1, (await _host.OrganisationAsync(school.Code)).Version);
    }

    [Fact]
    public async Task Put_OwnCountyByItsAdministrator_Is403()
    {
        using var client = await _host.AdministratorOfAsync("130303");
        await client.MoveAsync(await _host.OrganisationAsync("130303"), await _host.OrganisationAsync("130303")).RefusedAsync(HttpStatusCode.Forbidden, "GEN-0005");
    }

    [Fact]
    public async Task Put_WithoutTheRole_Is403()
    {
        var school = await _host.NewSchoolAsync("130302");
        using var client = _host.CreateClient(await _host.PersonAsync("county-reviewer", "130302"));
        await client.MoveAsync(school, await _host.OrganisationAsync("130303")).RefusedAsync(HttpStatusCode.Forbidden, "GEN-0005");
    }

    [Theory]
    [InlineData("130100", null, HttpStatusCode.UnprocessableEntity, "IDN-0045")]
    [InlineData("130000", null, HttpStatusCode.UnprocessableEntity, "IDN-0045")]
    [InlineData("130102", null, HttpStatusCode.Conflict, "IDN-0044")]
    [InlineData("130104", "2999-01-01", HttpStatusCode.UnprocessableEntity, "IDN-0042")]
    [InlineData("130104", "2019-01-01", HttpStatusCode.Conflict, "IDN-0043")]
    public async Task Put_WhatTheTreeForbids_IsRefusedAndChangesNothing(string parentCode, string? effectiveOn, HttpStatusCode status, string code)
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync(parentCode), effectiveOn).RefusedAsync(status, code);
        Assert.Equal(1, (await _host.OrganisationAsync(school.Code)).Version);
    }

    [Theory]
    [InlineData("130682")]
    [InlineData("130181")]
    [InlineData("130171")]
    public async Task Put_BelowACityThatIsACountyTooOrAZone_Works(string parentCode)
    {
        var school = await _host.NewSchoolAsync("130104");
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync(parentCode)).OkAsync();
        Assert.Equal((await _host.OrganisationAsync(parentCode)).Id, (await _host.OrganisationAsync(school.Code)).ParentId);
    }

    [Fact]
    public async Task Put_OfAnOlderVersion_Is412AndWithoutOne428()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.MoveAsync(school, await _host.OrganisationAsync("130104")).OkAsync();
        await client.MoveAsync(school, await _host.OrganisationAsync("130105")).RefusedAsync(HttpStatusCode.PreconditionFailed, "GEN-0007");
        using var body = System.Net.Http.Json.JsonContent.Create(new { parentId = school.Id });
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await client.PutAsync(Arranging.At($"/api/identity/organisations/{school.Id}/parent"), body)).StatusCode);
    }

    [Fact]
    public async Task Put_ReasonThatASpreadsheetWouldRun_IsRefused()
    {
        var school = await _host.NewSchoolAsync("130102");
        using var client = _host.Administrator;
        await client.ChangeAsync(HttpMethod.Put, school, "parent", new { parentId = (await _host.OrganisationAsync("130104")).Id, reason = "=cmd()" }).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0056");
    }

    [Fact]
    public async Task Put_SixteenAtOnceOfOneVersion_OneWins()
    {
        var (school, counties) = (await _host.NewSchoolAsync("130102"), await _host.InDatabaseAsync(db => db.Organisations.AsNoTracking().Where(o => o.Code.CompareTo("130400") > 0 && o.Code.CompareTo("130600") < 0 && o.LevelRoles.Contains("county") && o.ValidTo == null).Take(16).ToListAsync()));
        using var client = _host.Administrator;
        var answers = await Task.WhenAll(counties.Select(county => client.MoveAsync(school, county)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal((2L, 2), ((await _host.OrganisationAsync(school.Code)).Version, await _host.InDatabaseAsync(db => db.OrganisationVersions.CountAsync(v => v.OrganisationId == school.Id))));
    }

    [Fact]
    public async Task Put_SixteenSchoolsAndTheirCountyAtOnce_LeavesOnePathForEach()
    {
        var schools = new List<Organisation>();
        for (var i = 0; i < 15; i++)
        {
            schools.Add(await _host.NewSchoolAsync(i % 2 == 0 ? "130903" : "130902"));
        }

        var (county, city, target) = (await _host.OrganisationAsync("130903"), await _host.OrganisationAsync("131000"), await _host.OrganisationAsync("130921"));
        using var client = _host.Administrator;
        await Task.WhenAll(schools.Select((school, i) => client.MoveAsync(school, i % 2 == 0 ? target : county)).Append(client.MoveAsync(county, city)));
        var tree = await _host.InDatabaseAsync(db => db.Organisations.AsNoTracking().ToListAsync());
        var byId = tree.ToDictionary(o => o.Id);
        Assert.All(tree, o => Assert.Equal($"{(o.ParentId is { } above ? byId[above].Path : "/")}{o.Number}/", o.Path));
        var present = await _host.InDatabaseAsync(db => db.OrganisationVersions.AsNoTracking().Where(v => v.EffectiveUntil == null).ToDictionaryAsync(v => v.OrganisationId));
        Assert.All(tree, o => Assert.Equal((o.Version, o.Path, o.Code), (present[o.Id].Version, present[o.Id].Path, present[o.Id].Code)));
    }
}
