using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Cycles;

public sealed class ListCyclesTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_IsPagedAndHidesNothingFromASchool()
    {
        using var reporter = await fixture.ClientAsync(Roles.Reporter, fixture.Province.LianchiVocational);
        using var response = await reporter.GetAsync("/api/reporting/cycles?page=1&pageSize=1");
        var page = await BodyAsync(response);
        Assert.Equal((1, 1, 1), (page.GetProperty("items").GetArrayLength(), page.GetProperty("page").GetInt32(), page.GetProperty("pageSize").GetInt32()));
        Assert.True(page.GetProperty("total").GetInt32() >= 1);
    }

    [Fact]
    public async Task Get_WithoutAnyRight_IsEmpty()
    {
        using var nobody = fixture.Host.CreateClient(Guid.CreateVersion7(fixture.Now));
        using var response = await nobody.GetAsync("/api/reporting/cycles");
        Assert.Equal(0, (await BodyAsync(response)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Get_PageThatIsNoNumber_IsRefused()
    {
        using var reporter = await fixture.ClientAsync(Roles.Reporter, fixture.Province.LianchiVocational);
        using var response = await reporter.GetAsync("/api/reporting/cycles?page=first");
        await RefusedAsync(response, 400, "GEN-0010");
    }
}
