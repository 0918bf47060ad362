using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class ListProgrammeChangesTests(MovedClockFixture fixture) : IClassFixture<MovedClockFixture>
{
    [Fact]
    public async Task Get_ShowsEachChangeAndTheDateSetLater_TheNewestFirst()
    {
        var cycleId = await fixture.OpenCycleAsync();
        var version = await NewerPack.MildAsync(fixture);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await ChangeProgrammeVersionTests.ChangedAsync(owner, cycleId, version, "a better form");
        fixture.Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await ChangeProgrammeVersionTests.ChangedAsync(owner, cycleId, version, "time to go on", fixture.Now.AddDays(2));
        using var school = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await school.GetAsync($"/api/reporting/cycles/{cycleId}/programme-versions");
        var items = (await BodyAsync(response)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["time to go on", "a better form"], items.Select(i => i.GetProperty("reason").GetString()));
        Assert.Equal([version, TestPack.Programme.Version], items.Select(i => i.GetProperty("fromVersion").GetString()));
    }

    [Fact]
    public async Task Get_OfNoCycle_IsNotFound()
    {
        using var school = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await school.GetAsync($"/api/reporting/cycles/{Guid.Empty}/programme-versions");
        await RefusedAsync(response, 404, "GEN-0006");
    }
}
