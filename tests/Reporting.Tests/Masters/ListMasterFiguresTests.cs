using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Masters;

public sealed class ListMasterFiguresTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_IsSchoolBySchoolInTheOwnArea_WithTheRegister_AndNamesThoseWithout()
    {
        var (known, unknown) = (await fixture.Province.SchoolAsync(fixture.Province.Changan), await fixture.Province.SchoolAsync(fixture.Province.Changan));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var put = await owner.PutAsJsonAsync("/api/reporting/master-figures", new { source = "学籍系统", asOf = "2026-09-01", figures = new[] { new { code = known.Code, key = "students", value = 321 } } });
        await BodyAsync(put);
        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Changan);

        var found = await GetAsync(administrator, $"?search={known.Code}");
        Assert.Equal((1, 321, "学籍系统"), (found.GetProperty("total").GetInt32(), Figure(found).GetProperty("value").GetInt32(), Figure(found).GetProperty("source").GetString()));
        Assert.Empty((await GetAsync(administrator, $"?search={known.Code}&missing=true")).GetProperty("items").EnumerateArray());
        Assert.Equal(unknown.Code, (await GetAsync(administrator, $"?search={unknown.Code}&missing=true")).GetProperty("items")[0].GetProperty("code").GetString());
        Assert.Equal(0, (await GetAsync(administrator, $"?search={fixture.Province.DingzhouPrimary.Code}")).GetProperty("total").GetInt32());
        Assert.Contains(await fixture.Host.AuditAsync(), act => act.Act == "master-figures.seen");
    }

    [Fact]
    public async Task Get_ByWhoKeepsNoRegister_IsForbidden()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        await RefusedAsync(await county.GetAsync(new Uri("/api/reporting/master-figures", UriKind.Relative)), 403, "GEN-0005");
        await RefusedAsync(await county.GetAsync(new Uri("/api/reporting/master-figures/sources", UriKind.Relative)), 403, "GEN-0005");
    }

    private static JsonElement Figure(JsonElement page) => page.GetProperty("items")[0].GetProperty("figures")[0];

    private static async Task<JsonElement> GetAsync(HttpClient client, string query) => await BodyAsync(await client.GetAsync(new Uri($"/api/reporting/master-figures{query}", UriKind.Relative)));
}
