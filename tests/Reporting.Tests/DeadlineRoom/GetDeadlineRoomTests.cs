using System.Text.Json;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.DeadlineRoom;

public sealed class GetDeadlineRoomTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_CountsWhatIsThere_ByCityForTheProvince_ByCountyForACity()
    {
        var desk = await fixture.DeskAsync(cycle: c => c["moduleKeys"] = new global::System.Text.Json.Nodes.JsonArray("basic-information"));
        await desk.CompletedAsync();
        await desk.SubmittedAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var room = await RoomAsync(owner, desk.CycleId);
        var reports = await fixture.Host.InDatabaseAsync(db => db.Reports.CountAsync(r => r.CycleId == desk.CycleId));
        Assert.Equal((reports, 1, reports - 1, 1), (Figure(room, "reports"), Figure(room, "done"), Figure(room, "notBegun"), room.GetProperty("minutes")[59].GetInt32()));
        Assert.Equal(fixture.Province.Shijiazhuang.Id, room.GetProperty("children").EnumerateArray().Single(child => Figure(child, "done") == 1).GetProperty("organisation").GetProperty("id").GetGuid());

        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        var own = await RoomAsync(city, desk.CycleId);
        Assert.Equal(1, own.GetProperty("children").EnumerateArray().Single(child => child.GetProperty("organisation").GetProperty("id").GetGuid() == fixture.Province.Changan.Id).GetProperty("minutes")[59].GetInt32());
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Zhengding);
        Assert.Equal(0, Figure(await RoomAsync(county, desk.CycleId), "done"));
    }

    [Fact]
    public async Task Get_OutsideOrBySchoolsOrBeforeOpening_IsRefused()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var outside = await county.GetAsync($"/api/reporting/cycles/{fixture.CycleId}/deadline-room?organisationId={fixture.Province.Zhengding.Id}");
        await RefusedAsync(outside, 404, "GEN-0006");
        using var unknown = await county.GetAsync($"/api/reporting/cycles/{Guid.CreateVersion7(fixture.Now)}/deadline-room");
        await RefusedAsync(unknown, 404, "GEN-0006");
        using var school = await fixture.ClientAsync(Roles.Approver, fixture.Province.ChanganPrimary);
        using var forbidden = await school.GetAsync($"/api/reporting/cycles/{fixture.CycleId}/deadline-room?organisationId={fixture.Province.ChanganPrimary.Id}");
        await RefusedAsync(forbidden, 403, "GEN-0005");
        using var placeless = await school.GetAsync($"/api/reporting/cycles/{fixture.CycleId}/deadline-room");
        await RefusedAsync(placeless, 403, "GEN-0005");
        var planned = await fixture.CreateCycleAsync();
        using var early = await county.GetAsync($"/api/reporting/cycles/{planned}/deadline-room");
        await RefusedAsync(early, 409, "RPT-0203");
    }

    private static int Figure(JsonElement of, string name) => of.GetProperty("figures").GetProperty(name).GetInt32();

    private static async Task<JsonElement> RoomAsync(HttpClient client, Guid cycleId)
    {
        using var response = await client.GetAsync($"/api/reporting/cycles/{cycleId}/deadline-room");
        return await BodyAsync(response);
    }
}
