using Gengdu.Organisations;
using static Gengdu.Reporting.Tests.ReportingFixture;

namespace Gengdu.Reporting.Tests.Exemptions;

public sealed class ListExemptionRequestsTests(ReportingFixture fixture)
{
    [Fact]
    public async Task Get_EachSeesTheOwnSubtree_AndWhoMayAnswerIsSaid()
    {
        var desk = await fixture.DeskAsync();
        using var county = await fixture.ClientAsync(Roles.CountyReviewer, fixture.Province.Changan);
        using var asked = await AskExemptionTests.PostAsync(county, desk, "closed");
        await BodyAsync(asked, 201);
        using var city = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang);
        using var other = await fixture.ClientAsync(Roles.CitySupervisor, fixture.Province.Baoding);
        Assert.Equal(((int, bool?))(1, true), await ReadAsync(city));
        Assert.Equal(((int, bool?))(1, false), await ReadAsync(county));
        Assert.Equal(((int, bool?))(0, null), await ReadAsync(other));
        Assert.Equal((1, 0), ((await ReadAsync(city, "?mine=true")).Total, (await ReadAsync(county, "?mine=true")).Total));

        async Task<(int Total, bool? Mine)> ReadAsync(HttpClient client, string query = "")
        {
            using var response = await client.GetAsync($"/api/reporting/cycles/{desk.CycleId}/exemption-requests{query}");
            var body = await BodyAsync(response);
            return (body.GetProperty("total").GetInt32(), body.GetProperty("items").EnumerateArray().Select(item => (bool?)item.GetProperty("mine").GetBoolean()).SingleOrDefault());
        }
    }
}
