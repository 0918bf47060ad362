using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Extensions;

public sealed class DecideExtensionTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_CountyApprovesItsSchool_WithAnotherDate_AndTellsIt()
    {
        var (cycle, request, school) = await AskedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var response = await PostAsync(county, cycle, school, new { requestId = request, approve = true, reason = "同意延至周五", until = fixture.Now.AddDays(33) });
        Assert.Equal("approved", (await BodyAsync(response)).GetProperty("state").GetString());
        var told = await fixture.Host.Events.WaitForAsync<ExtensionDecided>(e => e.ExtensionId == request);
        Assert.Equal((true, fixture.Now.AddDays(33), school.Path, false), (told.Approved, told.Until!.Value, told.OrganisationPath, told.CoversSubtree));
        Assert.Equal((fixture.Now.AddDays(33), (DateTimeOffset?)null), (await UntilAsync(cycle, school), await UntilAsync(cycle, fixture.Province.ChanganNineYear)));
        using var again = await PostAsync(county, cycle, school, new { requestId = request, approve = false, reason = "改主意了" });
        await RefusedAsync(again, 409, "RPT-0235");
    }

    [Fact]
    public async Task Post_CityRefuses_NothingMoves_AndTheSchoolReadsWhy()
    {
        var (cycle, request, school) = await AskedAsync();
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var response = await PostAsync(city, cycle, school, new { requestId = request, approve = false, reason = "理由不充分" });
        await BodyAsync(response);
        Assert.Null(await UntilAsync(cycle, school));
        Assert.False((await fixture.Host.Events.WaitForAsync<ExtensionDecided>(e => e.ExtensionId == request)).Approved);
        using var reporter = await fixture.ClientAsync(Roles.Reporter, school);
        using var listed = await reporter.GetAsync($"/api/reporting/cycles/{cycle}/extension-requests");
        Assert.Equal("理由不充分", (await BodyAsync(listed)).GetProperty("items")[0].GetProperty("answer").GetString());
    }

    [Fact]
    public async Task Post_TwoAtOnce_OneDecides()
    {
        var (cycle, request, school) = await AskedAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        var answers = await Task.WhenAll(
            PostAsync(county, cycle, school, new { requestId = request, approve = true, reason = "同意" }), PostAsync(city, cycle, school, new { requestId = request, approve = false, reason = "不同意" }));
        Assert.Equal([200, 409], answers.Select(answer => (int)answer.StatusCode).Order());
    }

    [Fact]
    public async Task Post_CountysOwnRequest_IsTheCitysToDecide()
    {
        var cycle = await fixture.OpenCycleAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var asked = await county.PostAsJsonAsync($"/api/reporting/cycles/{cycle}/extension-requests", new { organisationId = fixture.Province.Changan.Id, until = fixture.Now.AddDays(45), reason = "洪水" });
        var request = (await BodyAsync(asked, 201)).GetProperty("id").GetGuid();
        using var own = await PostAsync(county, cycle, fixture.Province.Changan, new { requestId = request, approve = true, reason = "同意" });
        await RefusedAsync(own, 403, "GEN-0005");
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var granted = await PostAsync(city, cycle, fixture.Province.Changan, new { requestId = request, approve = true, reason = "同意" });
        await BodyAsync(granted);
        Assert.Equal((fixture.Now.AddDays(45), fixture.Now.AddDays(45), (DateTimeOffset?)null),
            (await UntilAsync(cycle, fixture.Province.Changan), await UntilAsync(cycle, fixture.Province.ChanganPrimary), await UntilAsync(cycle, fixture.Province.ZhengdingJunior)));
    }

    [Fact]
    public async Task Post_OutsideOrWithoutRightOrReason_IsRefused()
    {
        var (cycle, request, school) = await AskedAsync();
        var body = new { requestId = request, approve = true, reason = "同意" };
        using var other = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        using var outside = await PostAsync(other, cycle, school, body);
        await RefusedAsync(outside, 404, "GEN-0006");
        using var approver = await fixture.ClientAsync(Roles.Approver, school);
        using var own = await PostAsync(approver, cycle, school, body);
        await RefusedAsync(own, 403, "GEN-0005");
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var wordless = await PostAsync(county, cycle, school, new { requestId = request, approve = false, reason = "" });
        await RefusedAsync(wordless, 422, "GEN-0011");
        using var unknown = await PostAsync(county, cycle, school, new { requestId = Guid.CreateVersion7(fixture.Now), approve = true, reason = "同意" });
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var earlier = await PostAsync(county, cycle, school, new { requestId = request, approve = true, reason = "同意", until = fixture.Now.AddDays(3) });
        await RefusedAsync(earlier, 422, "RPT-0232");
        var both = await fixture.Host.Province.PersonAsync((Roles.Reporter, fixture.Province.ChanganNineYear), (Roles.CountyReviewer, fixture.Province.Changan));
        using var twice = fixture.Host.CreateClient(both);
        using var asked = await twice.PostAsJsonAsync($"/api/reporting/cycles/{cycle}/extension-requests", new { organisationId = fixture.Province.ChanganNineYear.Id, until = fixture.Now.AddDays(40), reason = "暴雨" });
        using var decided = await PostAsync(twice, cycle, fixture.Province.ChanganNineYear, new { requestId = (await BodyAsync(asked, 201)).GetProperty("id").GetGuid(), approve = true, reason = "同意" });
        await RefusedAsync(decided, 403, "RPT-0236");
    }

    private async Task<(Guid Cycle, Guid Request, Organisation School)> AskedAsync()
    {
        var (cycle, school) = (await fixture.OpenCycleAsync(), fixture.Province.ChanganPrimary);
        using var reporter = await fixture.ClientAsync(Roles.Reporter, school);
        using var asked = await reporter.PostAsJsonAsync($"/api/reporting/cycles/{cycle}/extension-requests", new { organisationId = school.Id, until = fixture.Now.AddDays(35), reason = "连日暴雨停课" });
        return (cycle, (await BodyAsync(asked, 201)).GetProperty("id").GetGuid(), school);
    }

    private Task<DateTimeOffset?> UntilAsync(Guid cycleId, Organisation organisation) => fixture.Host.InDatabaseAsync(db =>
        db.Reports.Where(r => r.CycleId == cycleId && r.OrganisationId == organisation.Id).Select(r => r.ExtendedUntil).SingleAsync());

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, Guid cycleId, Organisation organisation, object body) =>
        client.PostAsJsonAsync($"/api/reporting/cycles/{cycleId}/extension-requests/{organisation.Id}/decision", body);
}
