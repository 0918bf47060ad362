using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Programmes;

public sealed class ListProgrammesTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_ListsPublishedVersions()
    {
        using var client = await fixture.ClientAsync(Roles.Reporter, fixture.Province.ChanganPrimary);
        using var response = await client.GetAsync("/api/reporting/programmes?pageSize=500");
        var item = (await BodyAsync(response)).GetProperty("items").EnumerateArray().Single(p => p.GetProperty("version").GetString() == TestPack.Programme.Version);
        Assert.Equal(("labor-education", TestPack.Programme.Name.Zh), (item.GetProperty("key").GetString(), item.GetProperty("nameZh").GetString()));
    }

    [Fact]
    public async Task Get_Anonymous_IsRefused()
    {
        using var client = fixture.Host.CreateClient();
        using var response = await client.GetAsync("/api/reporting/programmes");
        await RefusedAsync(response, 401, "GEN-0004");
    }
}
