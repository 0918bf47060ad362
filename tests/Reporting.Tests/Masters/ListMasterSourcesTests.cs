using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Masters;

public sealed class ListMasterSourcesTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_SaysWhichRegisterOfWhichDayForHowManySchools_AsFarAsNothingNewerReplacedIt()
    {
        var (first, second) = (await fixture.Province.SchoolAsync(fixture.Province.Dingzhou), await fixture.Province.SchoolAsync(fixture.Province.Dingzhou));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        await PutAsync(owner, "登记甲", (first.Code, 300), (second.Code, 200));
        await PutAsync(owner, "登记乙", (second.Code, 210));

        using var administrator = await fixture.ClientAsync(Roles.Administrator, fixture.Province.Dingzhou);
        var answer = await BodyAsync(await administrator.GetAsync(new Uri("/api/reporting/master-figures/sources", UriKind.Relative)));

        var loads = answer.GetProperty("loads").EnumerateArray().Where(load => load.GetProperty("source").GetString()!.StartsWith("登记", StringComparison.Ordinal))
            .Select(load => (load.GetProperty("source").GetString(), load.GetProperty("schools").GetInt32(), load.GetProperty("sum").GetInt32())).Order();
        Assert.Equal([("登记乙", 1, 210), ("登记甲", 1, 300)], loads);
        Assert.Contains(answer.GetProperty("figures").EnumerateArray(), figure => figure.GetProperty("key").GetString() == "students/g1");
    }

    private static async Task PutAsync(HttpClient owner, string source, params (string Code, int Pupils)[] figures)
    {
        using var response = await owner.PutAsJsonAsync("/api/reporting/master-figures", new { source, asOf = "2026-09-01", figures = figures.Select(f => new { code = f.Code, key = "students", value = f.Pupils }) });
        await BodyAsync(response);
    }
}
