using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class GetWorkingDayTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_SaysWhetherItIsWorked_AndWhatToProposeInstead()
    {
        using var client = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var off = await client.GetAsync("/api/reporting/working-days/2026-10-03?plus=2");
        var day = await BodyAsync(off);
        Assert.Equal(
            (false, "国庆节", "2026-10-08", "2026-10-09", "announced"),
            (day.GetProperty("isWorkingDay").GetBoolean(), day.GetProperty("nameZh").GetString(), day.GetProperty("onOrAfter").GetString(), day.GetProperty("plus").GetString(), day.GetProperty("known").GetString()));
        using var unknown = await client.GetAsync("/api/reporting/working-days/2028-10-03");
        Assert.Equal("weekends-only", (await BodyAsync(unknown)).GetProperty("known").GetString());
        using var wrong = await client.GetAsync("/api/reporting/working-days/2026-10-03?plus=999");
        await RefusedAsync(wrong, 400, "GEN-0010");
    }
}
