using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Identity.Tests.Organisations;
using Gengdu.Identity.Tests.People.Imports;
using Gengdu.Organisations;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Lists = Gengdu.Identity.Tests.People.Imports.Sheets;

namespace Gengdu.Identity.Tests.FillIns;

/// <summary>The declaration is about the school: people come and go.</summary>
public sealed class FillInJoiningTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Theory]
    [InlineData("given")]
    [InlineData("batch")]
    [InlineData("sheet")]
    [InlineData("transferred")]
    public async Task WhoGetsTheRoleLater_FillsInToo_AndWhoLosesItStopsAtOnce(string how)
    {
        var (central, point) = (await _host.SchoolAsync("130102"), await _host.PointAsync("130102"));
        var (_, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130102");
        var declared = await _host.DeclaredAsync(desk, central, point, null, original);
        Assert.Equal("reporter", Assert.Single(declared.GetProperty("joining").EnumerateArray()).GetString());

        var person = await GiveAsync(desk, how, central);
        var there = await _host.OrganisationAsync(point);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == person && e.Role == Roles.Reporter && e.OrganisationId == there.Id && !e.Removed);
        var role = await OwnAsync(person, central);
        using var removed = await desk.DeleteAsync(Arranging.At($"/api/identity/assignments/{role}"));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await _host.OpenAsync(person));
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == person && e.OrganisationId == there.Id && e.Removed);
    }

    /// <summary>Their school was merged into the one that fills in, together with one of its teaching points.</summary>
    [Fact]
    public async Task WhoComesByAMerger_FillsInToo_ButNotForWhatWasMergedAway()
    {
        var (central, point, ending, other) = (await _host.SchoolAsync("130108"), await _host.PointAsync("130108"), await _host.PointAsync("130108"), await _host.SchoolAsync("130108"));
        var ((_, original), (person, before)) = (await _host.HeldAsync(Roles.Reporter, central), await _host.HeldAsync(Roles.Reporter, other));
        using var desk = await _host.AdministratorOfAsync("130108");
        foreach (var code in (string[])[point, ending])
        {
            await _host.DeclaredAsync(desk, central, code, null, original);
        }

        var (survivor, absorbed) = (await _host.OrganisationAsync(central), new[] { await _host.OrganisationAsync(other), await _host.OrganisationAsync(ending) });
        await desk.ChangeAsync(HttpMethod.Post, survivor, "merger", new { absorbed = absorbed.Select(o => new { id = o.Id, version = o.Version }), withPeople = true }).OkAsync();

        var there = await _host.OrganisationAsync(point);
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == person && e.Role == Roles.Reporter && e.OrganisationId == there.Id && !e.Removed);
        Assert.Equal(new[] { absorbed[0].Id, survivor.Id, there.Id }.Order(), (await PlacesAsync(person)).Order());
        var role = await OwnAsync(person, central);
        using var removed = await desk.DeleteAsync(Arranging.At($"/api/identity/assignments/{role}"));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        // What they had at the school that was merged stays until it is taken away: open reports want finishing.
        Assert.Equal([before], await _host.OpenAsync(person));
    }

    [Fact]
    public async Task OtherRoles_OnlyThesePeople_AndWhatHasEnded_JoinNobody()
    {
        var (central, point, second) = (await _host.SchoolAsync("130104"), await _host.PointAsync("130104"), await _host.PointAsync("130104"));
        var (_, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130104");
        var ended = (await _host.DeclaredAsync(desk, central, point, null, original)).GetProperty("id").GetGuid();
        using var only = await desk.PostAsync($"/api/identity/organisations/{(await _host.OrganisationAsync(central)).Id}/fill-ins",
            new { teachingPointId = (await _host.OrganisationAsync(second)).Id, assignmentIds = new[] { original }, onlyThese = true });
        Assert.Equal(HttpStatusCode.Created, only.StatusCode);

        Assert.Single(await _host.OpenAsync(await GiveAsync(desk, "given", central, Roles.Approver)));
        Assert.Equal(2, (await _host.OpenAsync(await GiveAsync(desk, "given", central))).Count);
        using var response = await desk.DeleteAsync(Arranging.At($"/api/identity/fill-ins/{ended}"));
        Assert.Single(await _host.OpenAsync(await GiveAsync(desk, "given", central)));
    }

    [Fact]
    public async Task TheirTime_IsTheShorterOfRoleAndDeclaration_AndFollowsTheRole()
    {
        var (central, point) = (await _host.SchoolAsync("130105"), await _host.PointAsync("130105"));
        var (_, original) = await _host.HeldAsync(Roles.Reporter, central);
        using var desk = await _host.AdministratorOfAsync("130105");
        var today = _host.Today();
        await _host.DeclaredAsync(desk, central, point, today.AddDays(100), original);

        var person = await GiveAsync(desk, "given", central, until: today.AddDays(30));
        Assert.Equal(today.AddDays(30), await LastAsync(person, point));
        var role = await OwnAsync(person, central);
        using var longer = new HttpRequestMessage(HttpMethod.Put, Arranging.At($"/api/identity/assignments/{role}/period")) { Content = System.Net.Http.Json.JsonContent.Create(new { validTo = today.AddDays(300) }) };
        longer.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        using var changed = await desk.SendAsync(longer);
        Assert.True(changed.IsSuccessStatusCode, await changed.Content.ReadAsStringAsync());
        Assert.Equal(today.AddDays(100), await LastAsync(person, point));
    }

    private Task<Guid> OwnAsync(Guid person, string code) => _host.InDatabaseAsync(db =>
        db.Assignments.Where(a => a.PersonId == person && db.Organisations.Any(o => o.Id == a.OrganisationId && o.Code == code)).Select(a => a.Id).SingleAsync());

    private Task<List<Guid>> PlacesAsync(Guid person) => _host.InDatabaseAsync(db =>
        db.Assignments.Where(a => a.PersonId == person && !a.Removed).Select(a => a.OrganisationId).ToListAsync());

    private Task<DateOnly?> LastAsync(Guid person, string code) => _host.InDatabaseAsync(db =>
        db.Assignments.Where(a => a.PersonId == person && db.Organisations.Any(o => o.Id == a.OrganisationId && o.Code == code)).Select(a => a.ValidTo).SingleAsync());

    private async Task<Guid> GiveAsync(HttpClient desk, string how, string school, string role = Roles.Reporter, DateOnly? until = null)
    {
        var (at, userName) = (await _host.OrganisationAsync(school), $"joins-{Arranging.NewSchoolCode()}");
        switch (how)
        {
            case "batch":
                using (var made = await desk.PostAsync("/api/identity/people/batch", new { people = new[] { new { userName, displayName = "新来的", password = "Joining-Fill-2026", assignments = new[] { new { role, organisationCode = school } } } } }))
                {
                    return (await made.JsonAsync()).GetProperty("rows")[0].GetProperty("personId").GetGuid();
                }

            case "sheet":
                using (var made = await desk.ImportAsync(Lists.Csv(["新来的", userName, role, school, ""]), name: "people.csv"))
                {
                    return (await made.JsonAsync()).GetProperty("rows")[0].GetProperty("personId").GetGuid();
                }

            case "transferred":
                var before = await _host.SchoolAsync("130102");
                var (moved, _) = await _host.HeldAsync(role, before);
                using (var made = await desk.PostAsync($"/api/identity/people/{moved}/transfers", new { fromOrganisationId = (await _host.OrganisationAsync(before)).Id, toOrganisationId = at.Id }))
                {
                    Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
                    return moved;
                }

            default:
                var person = await _host.InDatabaseAsync(async db =>
                {
                    var one = Gengdu.Identity.People.Person.Create(userName, "新来的", new Microsoft.AspNetCore.Identity.UpperInvariantLookupNormalizer(), _host.Clock.GetUtcNow());
                    db.Add(one);
                    await db.SaveChangesAsync();
                    return one.Id;
                });
                using (var given = await desk.PostAsync("/api/identity/assignments", new { personId = person, role, organisationId = at.Id, validTo = until }))
                {
                    Assert.True(given.IsSuccessStatusCode, await given.Content.ReadAsStringAsync());
                    return person;
                }
        }
    }
}
