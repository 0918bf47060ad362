using System.Net;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Assignment = Gengdu.Identity.Assignments.Assignment;
using Organisation = Gengdu.Identity.Organisations.Organisation;

namespace Gengdu.Identity.Tests.Organisations;

public sealed class MergeOrganisationsTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Post_Schools_OneGoesOnWithTheChosenCodeAndThePeople()
    {
        var (survivor, one, two) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130104"));
        var reporter = await _host.PersonAsync("reporter", one.Code);
        using var client = _host.Administrator;
        var answer = await MergeAsync(client, survivor, [one, two], one.Code, withPeople: true).OkAsync();
        Assert.Equal(3, answer.GetProperty("organisations").GetInt32());
        var now = await _host.OrganisationAsync(one.Code);
        Assert.Equal((survivor.Id, survivor.ParentId), (now.Id, now.ParentId));
        Assert.Equal([survivor.Code], now.FormerCodes);
        foreach (var gone in new[] { one, two })
        {
            await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == gone.Id && e.SuccessorId == survivor.Id && e.ValidTo is not null && e.Version == 2);
        }

        var places = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == reporter && !a.Removed).Select(a => a.OrganisationId).ToListAsync());
        Assert.Equal(new[] { one.Id, survivor.Id }.Order(), places.Order());
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.PersonId == reporter && e.OrganisationId == survivor.Id && e.Role == "reporter");
    }

    [Fact]
    public async Task Post_Counties_TheirSchoolsGoToTheSurvivor()
    {
        var school = await _host.NewSchoolAsync("130503");
        var (survivor, absorbed) = (await _host.OrganisationAsync("130502"), await _host.OrganisationAsync("130503"));
        using var client = _host.Administrator;
        await MergeAsync(client, survivor, [absorbed], null).OkAsync();
        var moved = await _host.OrganisationAsync(school.Code);
        Assert.Equal((survivor.Id, $"{survivor.Path}{school.Number}/"), (moved.ParentId, moved.Path));
        await _host.Events.WaitForAsync<OrganisationChanged>(e => e.OrganisationId == school.Id && e.Path == moved.Path);
    }

    [Fact]
    public async Task Post_OfAnOlderVersion_Is412()
    {
        var (survivor, one) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"));
        using var client = _host.Administrator;
        await client.MoveAsync(one, await _host.OrganisationAsync("130104")).OkAsync();
        await MergeAsync(client, survivor, [one], null).RefusedAsync(HttpStatusCode.PreconditionFailed, "GEN-0007");
        Assert.Equal(1, (await _host.OrganisationAsync(survivor.Code)).Version);
    }

    [Fact]
    public async Task Post_WhatDoesNotGoTogether_IsRefused()
    {
        var (survivor, one, foreign) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130202"));
        using var client = await _host.AdministratorOfAsync("130100");
        await MergeAsync(client, survivor, [], null).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0053");
        await MergeAsync(client, survivor, [survivor], null).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0053");
        await MergeAsync(client, survivor, [await _host.OrganisationAsync("130104")], null).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0053");
        await MergeAsync(client, survivor, [one], "2113000001").RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0054");
        await MergeAsync(client, survivor, [foreign], null).RefusedAsync(HttpStatusCode.UnprocessableEntity, "IDN-0040");
    }

    /// <summary>Roles that come with a merger are judged as if they were given by hand.</summary>
    [Fact]
    public async Task Post_WithPeople_GivesWhatMayBeGiven_AndNothingElse()
    {
        var (survivor, one, two) = (await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"), await _host.NewSchoolAsync("130102"));
        var (returning, watching, both) = (await _host.PersonAsync(Roles.Reporter, one.Code), await _host.HolderAsync(Roles.Auditor, "130102"), await _host.PersonAsync(Roles.Approver, one.Code));
        var (now, today) = (_host.Clock.GetUtcNow(), _host.Today());
        await _host.InDatabaseAsync(async db =>
        {
            // Worked at the survivor long ago; must not have a second role at all; works at both that end, at one of them for a month.
            db.AddRange(
                Assignment.Create(returning, Roles.Reporter, survivor.Id, new(2021, 9, 1), today.AddDays(-30), now), Assignment.Create(watching, Roles.Reporter, one.Id, new(2021, 9, 1), null, now),
                Assignment.Create(both, Roles.Approver, two.Id, new(2021, 9, 1), today.AddDays(30), now));
            await db.SaveChangesAsync();
        });
        using var client = _host.Administrator;
        await MergeAsync(client, survivor, [one, two], null, withPeople: true).OkAsync();

        var given = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.OrganisationId == survivor.Id && a.GivenBy == _host.AdministratorId).Select(a => new { a.PersonId, a.Role, a.ValidTo }).ToListAsync());
        Assert.Equal(new[] { (returning, Roles.Reporter, (DateOnly?)null), (both, Roles.Approver, null) }.Order(), given.Select(a => (a.PersonId, a.Role, a.ValidTo)).Order());
    }

    private static Task<HttpResponseMessage> MergeAsync(HttpClient client, Organisation survivor, Organisation[] absorbed, string? keepCode, bool withPeople = false) =>
        client.ChangeAsync(HttpMethod.Post, survivor, "merger", new { absorbed = absorbed.Select(o => new { id = o.Id, version = o.Version }), keepCode, withPeople });
}
