using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Exemptions;

public sealed class AskExemptionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_ByTheCounty_Waits_AndOnceIsEnough()
    {
        var desk = await fixture.DeskAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await PostAsync(county, desk, "closed");
        var asked = await BodyAsync(response, 201);
        Assert.Equal(("waiting", "closed", "长教〔2026〕12号"), (asked.GetProperty("state").GetString(), asked.GetProperty("cause").GetString(), asked.GetProperty("document").GetString()));
        var told = await fixture.Host.Events.WaitForAsync<ExemptionRequested>(e => e.RequestId == asked.GetProperty("id").GetGuid());
        Assert.Equal((desk.School.Id, fixture.Province.Changan.Path, "closed"), (told.OrganisationId, told.AskedFrom, told.Cause));
        using var again = await PostAsync(county, desk, "merged");
        await RefusedAsync(again, 409, "RPT-0242");
        Assert.Null(await fixture.Host.InDatabaseAsync(db => db.Reports.Where(r => r.CycleId == desk.CycleId && r.OrganisationId == desk.School.Id).Select(r => r.ExemptedAt).SingleAsync()));
    }

    [Fact]
    public async Task Post_WithoutCauseReasonDocument_IsRefusedAtEach()
    {
        var desk = await fixture.DeskAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await PostAsync(county, desk, "tired", " ", "");
        Assert.Equal(["cause", "reason", "document"], (await RefusedAsync(response, 422, "GEN-0011")).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString()));
    }

    [Fact]
    public async Task Post_BySchoolOrOutsideOrAfterClosing_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        using var school = await PostAsync(desk.Approver, desk, "closed");
        await RefusedAsync(school, 403, "GEN-0005");
        using var other = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var outside = await PostAsync(other, desk, "closed");
        await RefusedAsync(outside, 404, "GEN-0006");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var closed = await owner.PostAsync($"/api/reporting/cycles/{desk.CycleId}/closing", null);
        Assert.True(closed.IsSuccessStatusCode);
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var late = await PostAsync(county, desk, "closed");
        await RefusedAsync(late, 409, "RPT-0203");
    }

    [Fact]
    public async Task Post_AllAccepted_IsRefused()
    {
        var desk = await fixture.DeskAsync();
        await fixture.Host.InDatabaseAsync(db => db.ModuleReports.Where(m => m.CycleId == desk.CycleId && m.OrganisationId == desk.School.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, Gengdu.Reporting.ModuleReports.ModuleReportState.Accepted)));
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await PostAsync(county, desk, "closed");
        await RefusedAsync(response, 409, "RPT-0241");
    }

    internal static async Task<HttpResponseMessage> PostAsync(HttpClient client, Desk desk, string cause, string reason = "学校已撤销", string document = "长教〔2026〕12号") =>
        await client.PostAsJsonAsync($"/api/reporting/reports/{(await desk.RowAsync()).ReportId}/exemption-request", new { cause, reason, document });
}
