using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Tests.Assignments;

public sealed class ChangeAssignmentPeriodTests(IdentityFixture fixture) : IClassFixture<IdentityFixture>
{
    private readonly IdentityHost _host = fixture.Host;

    [Fact]
    public async Task Put_SetsTheLastDay_MovesIt_AndPublishesIt()
    {
        var (_, id) = await _host.HeldAsync(Roles.Reporter, "130102");
        using var county = await _host.AdministratorOfAsync("130102");
        var last = _host.Today().AddDays(30);
        var response = await PutAsync(county, id, 1, last, "借调结束");
        Assert.Equal((HttpStatusCode.OK, "\"v2\""), (response.StatusCode, response.Headers.ETag?.Tag));
        await _host.Events.WaitForAsync<AssignmentChanged>(e => e.AssignmentId == id && e.Version == 2 && e.ValidTo == last && !e.Removed);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(county, id, 2, null)).StatusCode);
        var stored = await _host.InDatabaseAsync(db => db.Assignments.AsNoTracking().SingleAsync(a => a.Id == id));
        Assert.Equal(((DateOnly?)null, "借调结束", 3L), (stored.ValidTo, stored.Reason, stored.Version));
    }

    [Fact]
    public async Task Put_ByTwoAtOnce_TellsTheSecondAndDoublesNothing()
    {
        var (_, id) = await _host.HeldAsync(Roles.Reporter, "130102");
        using var one = await _host.AdministratorOfAsync("130102");
        using var other = await _host.AdministratorOfAsync("130100");
        var answers = await Task.WhenAll(PutAsync(one, id, 1, _host.Today().AddDays(1)), PutAsync(other, id, 1, _host.Today().AddDays(2)));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(a => a.StatusCode).Order());
        Assert.Equal(2, await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.Id == id).Select(a => a.Version).SingleAsync()));
    }

    [Fact]
    public async Task PutAndDelete_AtOnce_LeaveOneOutcome()
    {
        var (_, id) = await _host.HeldAsync(Roles.Reporter, "130102");
        using var one = await _host.AdministratorOfAsync("130102");
        using var other = await _host.AdministratorOfAsync("130100");
        var change = PutAsync(one, id, 1, _host.Today().AddDays(1));
        using var removal = new HttpRequestMessage(HttpMethod.Delete, Arranging.At($"/api/identity/assignments/{id}"));
        removal.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        var statuses = new[] { (await change).StatusCode, (await other.SendAsync(removal)).StatusCode };
        Assert.Single(statuses, status => status is HttpStatusCode.OK or HttpStatusCode.NoContent);
        Assert.Single(statuses, HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Put_WhatCannotBe_IsRefused()
    {
        var (_, id) = await _host.HeldAsync(Roles.Reporter, "130102");
        using var county = await _host.AdministratorOfAsync("130102");
        Assert.Equal("GEN-0008", await CodeAsync(await county.PutAsJsonAsync(Arranging.At($"/api/identity/assignments/{id}/period"), new { validTo = _host.Today() })));
        Assert.Equal("GEN-0007", await CodeAsync(await PutAsync(county, id, 7, _host.Today())));
        Assert.Equal("IDN-0030", await CodeAsync(await PutAsync(county, id, 1, _host.Today().AddDays(-1))));
        Assert.Equal("IDN-0025", await CodeAsync(await PutAsync(county, id, 1, new(2019, 1, 1))));
        Assert.Equal("GEN-0011", await CodeAsync(await PutAsync(county, id, 1, null, new string('因', 201))));
        await county.DeleteAsync(Arranging.At($"/api/identity/assignments/{id}"));
        Assert.Equal("IDN-0029", await CodeAsync(await PutAsync(county, id, 2, _host.Today())));
        Assert.Equal("IDN-0029", await CodeAsync(await county.DeleteAsync(Arranging.At($"/api/identity/assignments/{id}"))));
    }

    [Fact]
    public async Task Put_BySecurity_MayShortenButNotLengthen_AndOutsideIsNotFound()
    {
        var (_, id) = await _host.HeldAsync(Roles.Reporter, "130102");
        using var security = _host.CreateClient(await _host.HolderAsync(Roles.SecurityAdministrator, "130100"));
        using var outside = await _host.AdministratorOfAsync("130104");
        using var reviewer = _host.CreateClient(await _host.HolderAsync(Roles.CountyReviewer, "130102"));
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(outside, id, 1, _host.Today())).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(reviewer, id, 1, _host.Today())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(security, id, 1, _host.Today())).StatusCode);
        Assert.Equal("IDN-0026", await CodeAsync(await PutAsync(security, id, 2, null)));
    }

    [Fact]
    public async Task Put_LastOfItsKindAtTheProvince_Stays_AndNobodyLengthensTheirOwn()
    {
        var own = await _host.InDatabaseAsync(db => db.Assignments.Where(a => a.PersonId == _host.AdministratorId).Select(a => a.Id).SingleAsync());
        using var province = _host.Administrator;
        Assert.Equal("IDN-0024", await CodeAsync(await PutAsync(province, own, 1, _host.Today().AddDays(3))));
        var (me, id) = await _host.HeldAsync(Roles.Administrator, "130104");
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(province, id, 1, _host.Today().AddDays(3))).StatusCode);
        using var mine = _host.CreateClient(me);
        Assert.Equal("IDN-0023", await CodeAsync(await PutAsync(mine, id, 2, _host.Today().AddDays(30))));
    }

    [Fact]
    public async Task Put_LongerIntoAnotherKindsTime_IsAConflict()
    {
        var (person, id) = await _host.HeldAsync(Roles.Reporter, "130102");
        using var province = _host.Administrator;
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(province, id, 1, _host.Today().AddDays(3))).StatusCode);
        var county = await _host.OrganisationAsync("130102");
        using var auditor = _host.CreateClient(await _host.HolderAsync(Roles.Auditor, "130100"));
        Assert.Equal(HttpStatusCode.Created, (await auditor.PostAsync("/api/identity/assignments", new { personId = person, role = Roles.Auditor, organisationId = county.Id, validFrom = _host.Today().AddDays(4) })).StatusCode);
        Assert.Equal("IDN-0027", await CodeAsync(await PutAsync(province, id, 2, _host.Today().AddDays(9))));
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, Guid id, long version, DateOnly? validTo, string? reason = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Arranging.At($"/api/identity/assignments/{id}/period")) { Content = JsonContent.Create(new { validTo, reason }) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"v{version}\"");
        return await client.SendAsync(request);
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) => (await response.JsonAsync()).GetProperty("code").GetString();
}
