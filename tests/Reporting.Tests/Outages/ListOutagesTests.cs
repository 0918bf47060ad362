using System.Net.Http.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Outages;

public sealed class ListOutagesTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_IsOpenToEverybodySignedIn()
    {
        var at = new DateTimeOffset(2026, 1, 20, 2, 0, 0, TimeSpan.Zero);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var declared = await owner.PostAsJsonAsync("/api/reporting/outages", new { startedAt = at, endedAt = at.AddHours(1), reason = "停电" });
        var id = (await BodyAsync(declared, 201)).GetProperty("id").GetGuid();
        using var school = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var listed = await school.GetAsync("/api/reporting/outages?pageSize=100");
        Assert.Contains((await BodyAsync(listed)).GetProperty("items").EnumerateArray(), outage => outage.GetProperty("id").GetGuid() == id);
    }
}
