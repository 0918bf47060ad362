using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Tests.Cycles;

namespace Gengdu.Supervision.Tests.Dispatches;

/// <summary>A county whose three schools owe two modules each.</summary>
internal sealed class DispatchWorld : IDisposable
{
    private readonly SupervisionFixture _fixture;

    private DispatchWorld(SupervisionFixture fixture, Organisation county, Guid cycle, IReadOnlyList<RosterEntry> roster, IReadOnlyDictionary<Guid, Organisation> schools, HttpClient client, HttpClient city) =>
        (_fixture, County, Cycle, Roster, Schools, Client, City) = (fixture, county, cycle, roster, schools, client, city);

    public Organisation County { get; }
    public Guid Cycle { get; }
    public IReadOnlyList<RosterEntry> Roster { get; }
    public IReadOnlyDictionary<Guid, Organisation> Schools { get; }

    /// <summary>The county's reviewer.</summary>
    public HttpClient Client { get; }

    public HttpClient City { get; }

    public static async Task<DispatchWorld> MadeAsync(SupervisionFixture fixture, Organisation? at = null)
    {
        var (county, cycle) = (at ?? await fixture.Province.DivisionAsync(fixture.Province.Baoding, "county"), SupervisionFixture.NewId());
        Organisation[] schools = [await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county), await fixture.Province.SchoolAsync(county)];
        var roster = CycleEvents.Roster(cycle, schools);
        await fixture.Host.Events.DeliverAsync(roster);
        return new(fixture, county, cycle, roster.Entries, schools.ToDictionary(school => school.Id),
            await fixture.ClientAsync(Roles.CountyReviewer, county), await fixture.ClientAsync(Roles.CitySupervisor, at ?? fixture.Province.Baoding));
    }

    /// <summary>The school's modules come in and the county approves them.</summary>
    public async Task ArriveAsync(int school, params string[] modules)
    {
        foreach (var module in modules.Length == 0 ? ["curriculum", "teachers"] : modules)
        {
            var submitted = SupervisionFixture.Submitted(Schools[Roster[school].OrganisationId], Cycle, moduleKey: module) with { ReportId = Roster[school].ReportId };
            await _fixture.Host.Events.DeliverAsync(submitted);
            await _fixture.ApprovedAsync(submitted, Roles.CountyReviewer, County);
        }
    }

    public Task<HttpResponseMessage> SendAsync(params int[] missing) => Client.PostAsJsonAsync("/api/supervision/dispatches", new
    {
        cycleId = Cycle,
        organisationId = County.Id,
        gaps = missing.Select(school => new { reportId = Roster[school].ReportId, code = "disaster", text = "洪水，校舍停用" }),
    });

    public async Task<DispatchResponse> SentAsync(params int[] missing)
    {
        using var response = await SendAsync(missing);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<CountyResponse>(SupervisionFixture.Json))!.Dispatch!;
    }

    public Task<HttpResponseMessage> DecideAsync(Guid id, bool allow, string? note = null) => City.PostAsJsonAsync($"/api/supervision/dispatches/{id}/decision", new { allow, note });

    public async Task<CountyResponse> CountyAsync(HttpClient client) =>
        Assert.Single((await client.GetFromJsonAsync<CountyResponse[]>($"/api/supervision/dispatches?cycleId={Cycle}&organisationId={County.Id}", SupervisionFixture.Json))!);

    public void Dispose()
    {
        Client.Dispose();
        City.Dispose();
    }
}
