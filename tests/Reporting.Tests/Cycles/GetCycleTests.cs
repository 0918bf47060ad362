using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class GetCycleTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_OpenCycle_IsSeenFromTheSchool()
    {
        using var reporter = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await reporter.GetAsync($"/api/reporting/cycles/{fixture.CycleId}");
        var cycle = await BodyAsync(response);
        Assert.Equal(("open", "2026-autumn", "2026-2027"), (cycle.GetProperty("state").GetString(), cycle.GetProperty("period").GetProperty("key").GetString(), cycle.GetProperty("period").GetProperty("academicYear").GetString()));
        Assert.Equal(fixture.OpenedAt.AddDays(30), cycle.GetProperty("deadlines").GetProperty("school").GetDateTimeOffset());
    }

    [Fact]
    public async Task Get_PlannedCycle_ShowsTheRosterItWouldHave()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var id = await fixture.CreateCycleAsync(owner: owner);
        using var before = await owner.GetAsync($"/api/reporting/cycles/{id}");
        var preview = (await BodyAsync(before)).GetProperty("rosterSize").GetInt32();
        // The small province: 5 schools, 4 counties (Dingzhou too), 3 cities (Dingzhou too), the province.
        Assert.True(preview >= 13, $"{preview}");
    }

    [Fact]
    public async Task Get_WithoutAnyRight_IsNotFound()
    {
        using var nobody = fixture.Host.CreateClient(Guid.CreateVersion7(fixture.Now));
        using var response = await nobody.GetAsync($"/api/reporting/cycles/{fixture.CycleId}");
        await RefusedAsync(response, 404, "GEN-0006");
    }
}
