using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class CloseCycleTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Post_OpenCycle_ClosesOnceAndTellsIt()
    {
        var id = await fixture.OpenCycleAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var response = await owner.PostAsync($"/api/reporting/cycles/{id}/closing", null);
        Assert.Equal("closed", (await BodyAsync(response)).GetProperty("state").GetString());
        Assert.Equal(fixture.Now, (await fixture.Host.Events.WaitForAsync<CycleClosed>(e => e.CycleId == id)).ClosedAt);
        using var again = await owner.PostAsync($"/api/reporting/cycles/{id}/closing", null);
        await RefusedAsync(again, 409, "RPT-0203");
    }

    [Fact]
    public async Task Post_PlannedCycleOrByAnyoneElse_IsRefused()
    {
        var id = await fixture.CreateCycleAsync();
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var planned = await owner.PostAsync($"/api/reporting/cycles/{id}/closing", null);
        await RefusedAsync(planned, 409, "RPT-0203");
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var forbidden = await reviewer.PostAsync($"/api/reporting/cycles/{id}/closing", null);
        await RefusedAsync(forbidden, 403, "GEN-0005");
        using var unknown = await owner.PostAsync($"/api/reporting/cycles/{Guid.CreateVersion7(fixture.Now)}/closing", null);
        await RefusedAsync(unknown, 404, "GEN-0006");
    }
}
