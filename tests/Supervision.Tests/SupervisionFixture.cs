using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Tests;

/// <summary>The service, for test classes; its own types are internal and stay so.</summary>
public sealed class SupervisionFixture : IAsyncLifetime
{
    internal static readonly JsonSerializerOptions Json = StrictJson();

    internal SupervisionHost Host { get; } = new();

    internal TestProvince Province => Host.Province;

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    internal static ModuleReportSubmitted Submitted(Organisation organisation, Guid? cycleId = null, string level = "school", string moduleKey = "curriculum", Guid? by = null) => new()
    {
        ModuleReportId = NewId(),
        Revision = 1,
        ReportId = NewId(),
        CycleId = cycleId ?? NewId(),
        ProgrammeKey = "labor-education",
        ProgrammeVersion = "2026.1",
        ModuleKey = moduleKey,
        OrganisationId = organisation.Id,
        OrganisationPath = organisation.Path,
        Level = level,
        SubmittedAt = new(2026, 9, 15, 0, 30, 0, TimeSpan.Zero),
        SubmittedBy = by ?? NewId(),
        OnTime = true,
        ReceiptNumber = "20260915-000001",
        ContentHash = new string('a', 64),
        Values = JsonDocument.Parse("{}").RootElement,
        PersonalCells = [],
    };

    /// <summary>A school's module that waits at the county.</summary>
    internal async Task<ModuleReportSubmitted> SubmittedAsync(Organisation organisation, Guid? cycleId = null, string level = "school", string moduleKey = "curriculum", Guid? by = null)
    {
        var submitted = Submitted(organisation, cycleId, level, moduleKey, by);
        await Host.Events.DeliverAsync(submitted);
        return submitted;
    }

    internal Task<Review> ReviewAsync(ModuleReportSubmitted submitted) => Host.InDatabaseAsync(db => db.Reviews
        .Include(r => r.History.OrderBy(entry => entry.Version)).SingleAsync(r => r.ModuleReportId == submitted.ModuleReportId));

    internal async Task<HttpClient> ClientAsync(string role, Organisation organisation) => Host.CreateClient(await Province.PersonAsync(role, organisation));

    internal Task<int> RaisedAsync(params Telling[] tellings) => Host.InDatabaseAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var raised = await db.RaiseNoticesAsync(tellings, Host.Clock.GetUtcNow(), CancellationToken.None);
        await transaction.CommitAsync();
        return raised;
    });

    /// <summary>Approves at the present step as a fresh person of that step.</summary>
    internal async Task ApprovedAsync(ModuleReportSubmitted submitted, string role, Organisation at)
    {
        using var client = await ClientAsync(role, at);
        using var response = await ApproveAsync(client, await ReviewAsync(submitted));
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
    }

    internal static Task<HttpResponseMessage> ApproveAsync(HttpClient client, Review review, int? revision = null) =>
        client.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/approval", new { revision = revision ?? review.Revision });

    internal static Task<HttpResponseMessage> ReturnAsync(HttpClient client, Review review, int? revision = null) => client.PostAsJsonAsync(
        $"/api/supervision/reviews/{review.Id}/return",
        new { revision = revision ?? review.Revision, reasons = new[] { new { at = "classes/g1", code = "wrong-value", text = "一年级班数与花名册不符" } } });

    internal static Task<HttpResponseMessage> OpenAsync(HttpClient client, Review review) =>
        client.PutAsJsonAsync($"/api/supervision/reviews/{review.Id}/opening", new { revision = review.Revision });

    internal static Task<HttpResponseMessage> WithdrawAsync(HttpClient client, Review review, int? revision = null) =>
        client.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/withdrawal", new { revision = revision ?? review.Revision, words = "经费数填错" });

    internal static Task<HttpResponseMessage> WriteAsync(HttpClient client, Review review, string act, string words = "附件一有误，请求更正") =>
        client.PostAsJsonAsync($"/api/supervision/reviews/{review.Id}/{act}", new { words });

    /// <summary>A school's module that the province has accepted.</summary>
    internal async Task<ModuleReportSubmitted> AcceptedAsync(Organisation school, Organisation county, Organisation city)
    {
        var submitted = await SubmittedAsync(school);
        await ApprovedAsync(submitted, Roles.CountyReviewer, county);
        await ApprovedAsync(submitted, Roles.CitySupervisor, city);
        await ApprovedAsync(submitted, Roles.ProvinceOwner, Province.Root);
        return submitted;
    }

    /// <summary>Status and problem code in one assertion.</summary>
    internal static async Task RefusedAsync(HttpResponseMessage response, int status, string code)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((status, code), ((int)response.StatusCode, document.RootElement.GetProperty("code").GetString()));
        Assert.NotEqual("", document.RootElement.GetProperty("messages").GetProperty("zh").GetString());
        Assert.NotEqual("", document.RootElement.GetProperty("messages").GetProperty("en").GetString());
    }

    private static JsonSerializerOptions StrictJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ServiceDefaultsExtensions.UseStrictJson(json);
        return json;
    }
}

internal sealed class SupervisionHost() : ServiceFixture<Program, SupervisionDbContext>("supervision")
{
    /// <summary>The ladder is climbed and the morning told when a test says so, not whenever one moves the clock.</summary>
    protected override void Configure(IDictionary<string, string?> settings) => (settings["Ladder:EveryMinutes"], settings["Morning:FromHour"]) = ("0", "-1");
}
