using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Tests.Publications;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.OpenFigures;

/// <summary>
/// A cycle in which Chang'an has four schools that spend 4 a pupil, Zhengding three that spend 20, a zone beside them two that spend 2, and Lianchi
/// in the other city three that spend 10; and somebody who is not signed in.
/// </summary>
internal sealed class OpenScene(AnalyticsFixture fixture, TestCycle cycle, Organisation zone, IReadOnlyList<Organisation> changan)
{
    private int _revision = 1;

    /// <summary>With two schools.</summary>
    public Organisation Zone { get; } = zone;

    public TestCycle Cycle { get; } = cycle;

    public static async Task<OpenScene> PublishedAsync(AnalyticsFixture fixture)
    {
        var p = fixture.Province;
        var zone = await p.DivisionAsync(p.Shijiazhuang, "county");
        var counties = new List<(Organisation At, Organisation[] Schools, int Spend)>();
        foreach (var (at, count, spend) in new[] { (p.Changan, 4, 400), (p.Zhengding, 3, 2000), (zone, 2, 200), (p.Lianchi, 3, 1000) })
        {
            var schools = new Organisation[count];
            for (var i = 0; i < count; i++)
            {
                schools[i] = await p.SchoolAsync(at);
            }

            counties.Add((at, schools, spend));
        }

        var cycle = await new TestCycle(fixture, [.. counties.SelectMany(county => county.Schools)]).OpenedAsync();
        await cycle.DeliverAllAsync(counties.SelectMany(county => county.Schools.SelectMany(school => (Contracts.Reporting.V1.ModuleReportSubmitted[])
            [cycle.Submitted(school, "basics", TestProgramme.Basics("g1", 100, 3)), cycle.Submitted(school, "money", TestProgramme.Money(county.Spend))])));
        await PublishFiguresTests.PublishAsync(fixture, cycle);
        return new(fixture, cycle, zone, counties[0].Schools);
    }

    /// <summary>So many schools of Chang'an had spent 12 a pupil, or whatever is said.</summary>
    public async Task CorrectAsync(int schools, int spend = 1200)
    {
        _revision++;
        foreach (var school in changan.Take(schools))
        {
            await Cycle.DeliverAsync(Cycle.Submitted(school, "money", TestProgramme.Money(spend), _revision, minute: 10 + _revision));
        }
    }

    public string Address(int number = 1, string rest = "") => $"/api/analytics/open/publications/{Cycle.Id}/{number}{rest}";

    /// <summary>As somebody who is not signed in.</summary>
    public async Task<T> AskAsync<T>(string address)
    {
        using var response = await GetAsync(address);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<T>(AnalyticsFixture.Json))!;
    }

    public async Task<HttpResponseMessage> GetAsync(string address, string? knows = null)
    {
        using var anybody = fixture.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        if (knows is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", knows);
        }

        return await anybody.SendAsync(request);
    }

    public async Task RefusedAsync(string address, int status, string code)
    {
        using var refused = await GetAsync(address);
        await AnalyticsFixture.RefusedAsync(refused, status, code);
    }

    public async Task<OpenCellResponse> CellAsync(Organisation place, string indicator, int number = 1)
    {
        var page = await AskAsync<OpenFiguresResponse>(Address(number, $"?place={place.Code}"));
        return page.Cells[page.Indicators.Select(one => one.Id).ToList().IndexOf(indicator)];
    }
}
