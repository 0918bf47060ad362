using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.TestKit;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Masters;

public sealed class PutMasterFiguresTests(ReportingFixture fixture)
{
    private const string Address = "/api/reporting/master-figures";

    [Fact]
    public async Task Put_ByTheProvinceOwner_IsWhatTheFormComparesWith_AndReplacesOlderFigures()
    {
        var school = await fixture.Province.SchoolAsync(fixture.Province.Changan);
        var desk = await fixture.DeskAsync(school);
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        var first = await PutAsync(owner, (school.Code, "students", 300), (school.Code, "students", 400), ("2199999999", "students", 5));
        Assert.Equal((1, "2199999999"), (first.GetProperty("stored").GetInt32(), first.GetProperty("unknown")[0].GetString()));
        await PutAsync(owner, (school.Code, "students", 500), (school.Code, "classes", 12));

        var master = (await desk.ReadAsync()).GetProperty("context").GetProperty("master");
        Assert.Equal((500, 12), (master.GetProperty("students").GetInt32(), master.GetProperty("classes").GetInt32()));
        var saved = await desk.SavedAsync(("students/g1", "400"));
        var result = Assert.Single(saved.GetProperty("results").EnumerateArray(), r => r.GetProperty("rule").GetString() == "W03a");
        Assert.StartsWith("在校生合计 400 人，学籍系统登记 500 人，相差 20%", result.GetProperty("message").GetProperty("zh").GetString(), StringComparison.Ordinal);

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal(JsonValueKind.Null, (await desk.ReadAsync(county)).GetProperty("context").GetProperty("master").ValueKind);
    }

    [Fact]
    public async Task Put_ByOthers_IsForbidden_AndABrokenFigureIsNamed()
    {
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var forbidden = await county.PutAsJsonAsync(Address, Body((fixture.Province.ChanganPrimary.Code, "students", 1)));
        await RefusedAsync(forbidden, 403, "GEN-0005");

        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        using var broken = await owner.PutAsJsonAsync(Address, Body((fixture.Province.ChanganPrimary.Code, "pupils", 1), (fixture.Province.ChanganPrimary.Code, "students", -1)));
        Assert.Equal(422, (int)broken.StatusCode);
        var errors = JsonElement.Parse(await broken.Content.ReadAsStringAsync()).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("at").GetString());
        Assert.Equal(["figures/0/key", "figures/1/value"], errors);
    }

    [Fact]
    public async Task Put_IsAudited()
    {
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await PutAsync(owner, (fixture.Province.DingzhouPrimary.Code, "students", 0));
        Assert.Contains(await fixture.Host.AuditOfAsync(fixture.Province.Root.Id), act => act is { Act: "master-figures.recorded", Rows: 1 });
    }

    private static object Body(params (string Code, string Key, double Value)[] figures) =>
        new { source = "学籍系统", asOf = "2026-09-01", figures = figures.Select(f => new { code = f.Code, key = f.Key, value = f.Value }) };

    private static async Task<JsonElement> PutAsync(HttpClient client, params (string Code, string Key, double Value)[] figures)
    {
        using var response = await client.PutAsJsonAsync(Address, Body(figures));
        return await BodyAsync(response);
    }
}
