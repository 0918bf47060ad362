using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class GrantExtensionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_ForACounty_CoversItsSchools_AndALongerOneStays()
    {
        var id = await fixture.OpenCycleAsync();
        using var supervisor = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        var extension = await BodyAsync(await PostAsync(supervisor, id, fixture.Province.Changan, fixture.Now.AddDays(45)), 201);
        Assert.True(extension.GetProperty("reports").GetInt32() >= 3);
        await BodyAsync(await PostAsync(supervisor, id, fixture.Province.ChanganPrimary, fixture.Now.AddDays(35)), 201);
        Assert.Equal((fixture.Now.AddDays(45), (DateTimeOffset?)null), (await UntilAsync(id, fixture.Province.ChanganPrimary), await UntilAsync(id, fixture.Province.ZhengdingJunior)));
    }

    [Fact]
    public async Task Post_OutsideTheSubtreeOrWithoutTheRight_IsRefused()
    {
        var id = await fixture.OpenCycleAsync();
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await RefusedAsync(await PostAsync(reviewer, id, fixture.Province.ZhengdingJunior, fixture.Now.AddDays(45)), 404, "GEN-0006");
        using var approver = await fixture.ClientAsync(Roles.Approver, fixture.Province.ChanganPrimary);
        await RefusedAsync(await PostAsync(approver, id, fixture.Province.ChanganPrimary, fixture.Now.AddDays(45)), 403, "GEN-0005");
        await RefusedAsync(await PostAsync(reviewer, Guid.CreateVersion7(fixture.Now), fixture.Province.ChanganPrimary, fixture.Now.AddDays(45)), 404, "GEN-0006");
    }

    [Fact]
    public async Task Post_PastDateOrNoReason_IsRefusedAtTheField()
    {
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        var problem = await RefusedAsync(await PostAsync(reviewer, fixture.CycleId, fixture.Province.ChanganPrimary, fixture.Now.AddDays(-1), " "), 422, "GEN-0011");
        Assert.Equal(["until", "reason"], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()));
    }

    [Fact]
    public async Task Post_CycleNotOpenOrOrganisationNotOnTheRoster_IsRefused()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var planned = await fixture.CreateCycleAsync(owner: owner);
        await RefusedAsync(await PostAsync(owner, planned, fixture.Province.Changan, fixture.Now.AddDays(45)), 409, "RPT-0203");
        var departments = await fixture.OpenCycleAsync(c => c["moduleKeys"] = new JsonArray("province-department"));
        await RefusedAsync(await PostAsync(owner, departments, fixture.Province.Changan, fixture.Now.AddDays(45)), 422, "RPT-0205");
        Assert.False(await fixture.Host.InDatabaseAsync(db => db.Extensions.AnyAsync(e => e.CycleId == departments)));
    }

    private Task<DateTimeOffset?> UntilAsync(Guid cycleId, Organisation organisation) => fixture.Host.InDatabaseAsync(db =>
        db.Reports.Where(r => r.CycleId == cycleId && r.OrganisationId == organisation.Id).Select(r => r.ExtendedUntil).SingleAsync());

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid cycleId, Organisation organisation, DateTimeOffset until, string reason = "连日暴雨停课") =>
        client.PostAsJsonAsync($"/api/reporting/cycles/{cycleId}/extensions", new { organisationId = organisation.Id, until, reason });
}
