using System.Net;
using System.Net.Http.Json;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Explanations;

/// <summary>A cycle whose numbers are easily reckoned by hand, and the questions asked about them.</summary>
internal static class ReportedProvince
{
    /// <summary>Changan has three schools that spend 3, 5 and 4 a pupil and one that sent nothing, Zhengding one that spends 20.</summary>
    public static async Task<(TestCycle Cycle, Organisation Late)> ReportedAsync(AnalyticsFixture fixture)
    {
        var p = fixture.Province;
        var (third, late) = (await p.SchoolAsync(p.Changan), await p.SchoolAsync(p.Changan));
        var cycle = await new TestCycle(fixture, p.ChanganPrimary, p.ChanganNineYear, third, late, p.ZhengdingJunior).OpenedAsync();
        foreach (var (school, spend) in new[] { (p.ChanganPrimary, 300m), (p.ChanganNineYear, 500m), (third, 400m), (p.ZhengdingJunior, 2000m) })
        {
            await cycle.DeliverAsync(cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)));
            await cycle.DeliverAsync(cycle.Submitted(school, "money", TestProgramme.Money(spend)));
        }

        await cycle.DeliverAsync(cycle.Approved("county", 11, (p.ChanganPrimary, "basics", 1, 1), (p.ChanganPrimary, "money", 1, 1)));
        return (cycle, late);
    }

    public static string Address(string indicator, TestCycle cycle, Organisation at, string what = "", string query = "") =>
        $"/api/analytics/figures/{indicator}{what}?cycleId={cycle.Id}&organisationId={at.Id}{query}";

    /// <summary>As the owner of the province sees it.</summary>
    public static async Task<T> AskAsync<T>(AnalyticsFixture fixture, string address, string role = Roles.ProvinceOwner, Organisation? at = null)
    {
        using var client = await fixture.ClientAsync(role, at ?? fixture.Province.Root);
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<T>(AnalyticsFixture.Json))!;
    }

    public static async Task RefusedAsync(AnalyticsFixture fixture, string address, int status, string code, string role = Roles.ProvinceOwner, Organisation? at = null)
    {
        using var client = await fixture.ClientAsync(role, at ?? fixture.Province.Root);
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
        await AnalyticsFixture.RefusedAsync(response, status, code);
    }
}
