using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Exemptions;

public sealed class DecideExemptionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_CityGrants_NothingIsDueAnyMore_AndTellsIt()
    {
        var (desk, report, request) = await AskedAsync();
        await desk.CompletedAsync();
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var granted = await PostAsync(city, report, request, grant: true);
        Assert.Equal("approved", (await BodyAsync(granted)).GetProperty("state").GetString());
        var told = await fixture.Host.Events.WaitForAsync<ReportExempted>(e => e.ReportId == report);
        Assert.Equal((desk.School.Id, "school", "merged"), (told.OrganisationId, told.Level, told.Cause));

        // Kept, counted apart, closed for typing and signing.
        using var read = await city.GetAsync($"/api/reporting/reports/{report}");
        Assert.Equal("exempt", (await BodyAsync(read)).GetProperty("state").GetString());
        Assert.Equal((1, 0), (await CountAsync(city, desk, "exempt"), await CountAsync(city, desk, "in-progress")));
        using var saved = await desk.SaveAsync(desk.Reporter, (await desk.RowAsync()).Version, ("boarders", "3"));
        await RefusedAsync(saved, 409, "RPT-0240");
        using var signed = await desk.SubmitAsync(desk.Approver, (await desk.RowAsync()).Version, "0190bbbb-0000-7000-8000-000000000001");
        await RefusedAsync(signed, 409, "RPT-0240");
        using var extended = await desk.Reporter.PostAsJsonAsync($"/api/reporting/cycles/{desk.CycleId}/extension-requests", new { organisationId = desk.School.Id, until = fixture.Now.AddDays(40), reason = "暴雨" });
        await RefusedAsync(extended, 409, "RPT-0233");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var again = await AskExemptionTests.PostAsync(county, desk, "closed");
        await RefusedAsync(again, 409, "RPT-0240");
        using var twice = await PostAsync(city, report, request, grant: false);
        await RefusedAsync(twice, 409, "RPT-0243");
    }

    [Fact]
    public async Task Post_CityRefuses_StaysDue()
    {
        var (desk, report, request) = await AskedAsync();
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var refused = await PostAsync(city, report, request, grant: false);
        Assert.Equal("refused", (await BodyAsync(refused)).GetProperty("state").GetString());
        Assert.Equal(desk.School.Id, (await fixture.Host.Events.WaitForAsync<ExemptionRefused>(e => e.RequestId == request)).OrganisationId);
        await desk.SavedAsync(("boarders", "3"));
    }

    [Fact]
    public async Task Post_ByTheCountyOrOutsideOrTheOneWhoAsked_IsRefused()
    {
        var (desk, report, request) = await AskedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var below = await PostAsync(county, report, request, grant: true);
        await RefusedAsync(below, 403, "GEN-0005");
        using var other = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        using var outside = await PostAsync(other, report, request, grant: true);
        await RefusedAsync(outside, 404, "GEN-0006");
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var unknown = await PostAsync(city, report, Guid.CreateVersion7(fixture.Now), grant: true);
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var wordless = await city.PostAsJsonAsync($"/api/reporting/reports/{report}/exemption-decision", new { requestId = request, grant = true, reason = "" });
        await RefusedAsync(wordless, 422, "GEN-0011");

        // Asked from the city itself: the province answers.
        var second = await fixture.DeskAsync();
        using var asked = await AskExemptionTests.PostAsync(city, second, "disaster");
        var own = (await BodyAsync(asked, 201)).GetProperty("id").GetGuid();
        var place = (await second.RowAsync()).ReportId;
        using var self = await PostAsync(city, place, own, grant: true);
        await RefusedAsync(self, 403, "RPT-0244");
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var granted = await PostAsync(owner, place, own, grant: true);
        await BodyAsync(granted);
    }

    private static async Task<int> CountAsync(HttpClient client, Desk desk, string state)
    {
        using var response = await client.GetAsync($"/api/reporting/reports?cycleId={desk.CycleId}&organisationId={desk.School.Id}&state={state}");
        return (await BodyAsync(response)).GetProperty("total").GetInt32();
    }

    private async Task<(Desk Desk, Guid Report, Guid Request)> AskedAsync()
    {
        var desk = await fixture.DeskAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var asked = await AskExemptionTests.PostAsync(county, desk, "merged");
        return (desk, (await desk.RowAsync()).ReportId, (await BodyAsync(asked, 201)).GetProperty("id").GetGuid());
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid report, Guid request, bool grant) =>
        client.PostAsJsonAsync($"/api/reporting/reports/{report}/exemption-decision", new { requestId = request, grant, reason = "情况属实" });
}
