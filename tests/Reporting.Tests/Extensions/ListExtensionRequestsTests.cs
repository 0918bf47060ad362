using System.Net.Http.Json;
using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Extensions;

public sealed class ListExtensionRequestsTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_EachSeesTheOwnSubtree_WaitingFirst()
    {
        var cycle = await fixture.OpenCycleAsync();
        foreach (var school in (Organisation[])[fixture.Province.ChanganPrimary, fixture.Province.ChanganNineYear, fixture.Province.ZhengdingJunior])
        {
            using var reporter = await fixture.ClientAsync(Roles.Reporter, school);
            using var asked = await reporter.PostAsJsonAsync($"/api/reporting/cycles/{cycle}/extension-requests", new { organisationId = school.Id, until = fixture.Now.AddDays(35), reason = "暴雨" });
            await BodyAsync(asked, 201);
        }

        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        Assert.Equal(2, await CountAsync(county, ""));
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        Assert.Equal((3, 3, 0), (await CountAsync(city, ""), await CountAsync(city, "?state=waiting"), await CountAsync(city, "?state=refused")));
        using var other = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        Assert.Equal(0, await CountAsync(other, ""));
        using var own = await fixture.ClientAsync(Roles.Approver, fixture.Province.ChanganNineYear);
        Assert.Equal(1, await CountAsync(own, ""));
        using var shown = await own.GetAsync($"/api/reporting/cycles/{cycle}/extension-requests");
        using var decidable = await city.GetAsync($"/api/reporting/cycles/{cycle}/extension-requests");
        Assert.False((await BodyAsync(shown)).GetProperty("items")[0].GetProperty("mine").GetBoolean());
        Assert.All((await BodyAsync(decidable)).GetProperty("items").EnumerateArray(), item => Assert.True(item.GetProperty("mine").GetBoolean()));
        // Whom each may answer: the county's schools, and for the city the county's own request too.
        using var led = await county.PostAsJsonAsync($"/api/reporting/cycles/{cycle}/extension-requests", new { organisationId = fixture.Province.Changan.Id, until = fixture.Now.AddDays(60), reason = "全县停电" });
        await BodyAsync(led, 201);
        Assert.Equal((2, 4, 0), (await CountAsync(county, "?mine=true"), await CountAsync(city, "?mine=true"), await CountAsync(own, "?mine=true")));
        using var owner = await fixture.ClientAsync(Roles.ProvinceOwner, fixture.Province.Root);
        Assert.Equal((4, 0), (await CountAsync(owner, "?mine=true"), await CountAsync(other, "?mine=true")));
        using var wrong = await city.GetAsync($"/api/reporting/cycles/{cycle}/extension-requests?state=lost");
        await RefusedAsync(wrong, 400, "GEN-0010");

        async Task<int> CountAsync(HttpClient client, string query)
        {
            using var response = await client.GetAsync($"/api/reporting/cycles/{cycle}/extension-requests{query}");
            var body = await BodyAsync(response);
            Assert.Equal(body.GetProperty("total").GetInt32(), body.GetProperty("items").GetArrayLength());
            return body.GetProperty("total").GetInt32();
        }
    }
}
