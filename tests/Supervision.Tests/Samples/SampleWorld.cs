using System.Net;
using System.Net.Http.Json;
using Gengdu.Contracts.Analytics.V1;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Gengdu.TestKit;

namespace Gengdu.Supervision.Tests.Samples;

/// <summary>A county with schools whose reports wait at the city.</summary>
internal sealed class SampleWorld(SupervisionFixture fixture, Organisation county, Guid cycle, Guid supervisor, IReadOnlyList<ModuleReportSubmitted> submitted) : IDisposable
{
    public Organisation County { get; } = county;

    public Guid Cycle { get; } = cycle;

    public Guid Supervisor { get; } = supervisor;

    public IReadOnlyList<ModuleReportSubmitted> Submitted { get; } = submitted;

    public HttpClient City { get; } = fixture.Host.CreateClient(supervisor);

    public static async Task<SampleWorld> WithSchoolsAsync(SupervisionFixture fixture, int schools)
    {
        var (county, cycle) = (await fixture.Province.DivisionAsync(fixture.Province.Shijiazhuang, "county"), SupervisionFixture.NewId());
        var submitted = new List<ModuleReportSubmitted>();
        for (var n = 0; n < schools; n++)
        {
            submitted.Add(await fixture.SubmittedAsync(await fixture.Province.SchoolAsync(county), cycle));
        }

        var world = new SampleWorld(fixture, county, cycle, await fixture.Province.PersonAsync(Roles.CitySupervisor, fixture.Province.Shijiazhuang), submitted);
        await world.AtTheCityAsync();
        return world;
    }

    /// <summary>The county passes on whatever waits there.</summary>
    public async Task AtTheCityAsync()
    {
        using var reviewer = await fixture.ClientAsync(Roles.CountyReviewer, County);
        using var passed = await reviewer.PostAsJsonAsync("/api/supervision/approvals", new { cycleId = Cycle, step = "county" });
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
    }

    /// <summary>Analytics told how well the first schools report.</summary>
    public Task JudgedAsync(long version, params int?[] scores) => fixture.Host.Events.DeliverAsync(Judged(version, scores));

    public SchoolQualityAssessed Judged(long version, params int?[] scores) => new()
    {
        CycleId = Cycle,
        Method = "quality-1",
        AssessedAt = fixture.Host.Clock.GetUtcNow(),
        Schools = [.. scores.Index().Select(one => new SchoolQualityScore { OrganisationId = Submitted[one.Index].OrganisationId, Score = one.Item, Version = version })],
    };

    public async Task<SampleResponse> AnnouncedAsync(int? sharePercent = null)
    {
        using var response = await AnnounceAsync(sharePercent);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await ReadAsync<SampleResponse>(response);
    }

    public Task<HttpResponseMessage> AnnounceAsync(int? sharePercent = null) =>
        City.PostAsJsonAsync("/api/supervision/samples", new { cycleId = Cycle, step = "city", organisationId = County.Id, sharePercent });

    public async Task<SampleResponse> DrawnAsync(int? sharePercent = null)
    {
        var sample = await AnnouncedAsync(sharePercent);
        await fixture.Host.AuditAsync();
        using var response = await City.PostAsync($"/api/supervision/samples/{sample.Id}/draw", null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadAsync<SampleResponse>(response);
    }

    public async Task<SampleResponse> SampleAsync(Guid id) => (await City.GetFromJsonAsync<SampleResponse>($"/api/supervision/samples/{id}", SupervisionFixture.Json))!;

    /// <summary>Reads one that was drawn and passes it on.</summary>
    public async Task PassAsync(DrawnReport drawn)
    {
        await OpenAsync(City, drawn);
        await PassUnopenedAsync(City, drawn);
    }

    public async Task PassUnopenedAsync(HttpClient client, DrawnReport drawn)
    {
        using var response = await SupervisionFixture.ApproveAsync(client, await ReviewOfAsync(drawn));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    public async Task OpenAsync(HttpClient client, DrawnReport drawn)
    {
        using var opened = await client.PutAsJsonAsync($"/api/supervision/reviews/{(await ReviewOfAsync(drawn)).Id}/opening", new { revision = 1 });
        Assert.Equal(HttpStatusCode.NoContent, opened.StatusCode);
    }

    /// <summary>Reads one that was drawn and sends it back.</summary>
    public async Task FailAsync(DrawnReport drawn)
    {
        using var response = await SupervisionFixture.ReturnAsync(City, await ReviewOfAsync(drawn));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Nothing is asked of it any more.</summary>
    public Task ExemptAsync(ModuleReportSubmitted report) => fixture.Host.Events.DeliverAsync(new ReportExempted
    {
        ReportId = report.ReportId, CycleId = Cycle, OrganisationId = report.OrganisationId, OrganisationPath = report.OrganisationPath, Level = "school", Cause = "closed",
        RequestedBy = SupervisionFixture.NewId(), DecidedBy = SupervisionFixture.NewId(), ExemptedAt = fixture.Host.Clock.GetUtcNow(),
    });

    public Task<Review> ReviewOfAsync(DrawnReport drawn) => fixture.ReviewAsync(Submitted.Single(s => s.ReportId == drawn.ReportId));

    public Task<HttpResponseMessage> ApproveRestAsync(Guid id) => City.PostAsync($"/api/supervision/samples/{id}/approval", null);

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<T>(SupervisionFixture.Json))!;

    public void Dispose() => City.Dispose();
}
