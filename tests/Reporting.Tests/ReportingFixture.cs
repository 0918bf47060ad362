using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Gengdu.Reporting.Tests.ReportingFixture))]

namespace Gengdu.Reporting.Tests;

/// <summary>
/// The service with its small province for all test classes: a test that changes a report does it in a cycle of its own (DeskAsync),
/// and nobody moves its clock: others compare with it meanwhile. Who has to takes a <see cref="MovedClockFixture"/>.
/// </summary>
public class ReportingFixture : IAsyncLifetime
{
    internal static readonly JsonSerializerOptions Json = StrictJson();

    internal ReportingHost Host { get; } = new();

    internal TestProvince Province => Host.Province;

    /// <summary>A cycle that is open for the whole test class; its school deadline is thirty days ahead.</summary>
    internal Guid CycleId { get; private set; }

    /// <summary>When that was.</summary>
    internal DateTimeOffset OpenedAt { get; private set; }

    internal DateTimeOffset Now => Host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await Host.Services.GetRequiredService<ProgrammePublisher>().WhenPublishedAsync(default);
        OpenedAt = Now;
        CycleId = await OpenCycleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var moved = Now - OpenedAt;
        await Host.DisposeAsync();
        Assert.True(moved == TimeSpan.Zero || MayMoveClock, $"somebody moved the clock of all by {moved}");
        GC.SuppressFinalize(this);
    }

    protected virtual bool MayMoveClock => false;

    internal async Task<HttpClient> ClientAsync(string role, Organisation organisation) => Host.CreateClient(await Province.PersonAsync(role, organisation));

    internal static JsonObject CycleRequest(DateTimeOffset now, string[]? moduleKeys = null) => new()
    {
        ["programmeKey"] = "labor-education",
        ["nameZh"] = "2026 年秋季学期填报",
        ["nameEn"] = "Autumn 2026",
        ["period"] = new JsonObject { ["key"] = "2026-autumn", ["academicYear"] = "2026-2027", ["start"] = "2026-09-01", ["end"] = "2027-01-31", ["fiscalYear"] = 2026 },
        ["moduleKeys"] = new JsonArray([.. (moduleKeys ?? ["basic-information", "curriculum", "county-department", "city-department", "province-department"]).Select(k => (JsonNode)k)]),
        ["opensAt"] = now.AddHours(-1),
        ["deadlines"] = new JsonObject { ["school"] = now.AddDays(30), ["county"] = now.AddDays(40), ["city"] = now.AddDays(50), ["province"] = now.AddDays(60) },
        ["graceMinutes"] = 10,
    };

    internal async Task<Guid> CreateCycleAsync(Action<JsonObject>? change = null, HttpClient? owner = null)
    {
        var request = CycleRequest(Now);
        change?.Invoke(request);
        using var client = owner is null ? await ClientAsync(Roles.ProvinceOwner, Province.Root) : null;
        using var response = await (owner ?? client!).PostAsJsonAsync("/api/reporting/cycles", request);
        return (await BodyAsync(response, 201)).GetProperty("id").GetGuid();
    }

    internal async Task<Guid> OpenCycleAsync(Action<JsonObject>? change = null)
    {
        using var owner = await ClientAsync(Roles.ProvinceOwner, Province.Root);
        var id = await CreateCycleAsync(change, owner);
        using var response = await owner.PostAsync($"/api/reporting/cycles/{id}/opening", null);
        await BodyAsync(response, 200);
        return id;
    }

    /// <summary>The module report of one organisation in a cycle.</summary>
    internal Task<ModuleReport> ModuleAsync(Organisation organisation, string moduleKey = "basic-information", Guid? cycleId = null) => Host.InDatabaseAsync(db =>
        db.ModuleReports.SingleAsync(m => m.CycleId == (cycleId ?? CycleId) && m.OrganisationId == organisation.Id && m.ModuleKey == moduleKey));

    internal Task<ModuleReport> ModuleAsync(Guid id) => Host.InDatabaseAsync(db => db.ModuleReports.SingleAsync(m => m.Id == id));

    /// <summary>A fresh cycle's module report, with a reporter and an approver of the school.</summary>
    internal async Task<Desk> DeskAsync(Organisation? school = null, string moduleKey = "basic-information", Action<JsonObject>? cycle = null)
    {
        var at = school ?? Province.ChanganPrimary;
        var cycleId = await OpenCycleAsync(cycle);
        var module = await ModuleAsync(at, moduleKey, cycleId);
        return new(this, module.Id, cycleId, at, await ClientAsync(Roles.Reporter, at), await ClientAsync(Roles.Approver, at));
    }

    /// <summary>Status and problem code in one assertion; both languages must be there.</summary>
    internal static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        var problem = JsonElement.Parse(text);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("messages").GetProperty("zh").GetString()!);
        Assert.NotEmpty(problem.GetProperty("messages").GetProperty("en").GetString()!);
        return problem;
    }

    internal static async Task<JsonElement> BodyAsync(HttpResponseMessage response, int status = 200)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        return JsonElement.Parse(text);
    }

    private static JsonSerializerOptions StrictJson()
    {
        var json = new JsonSerializerOptions();
        ServiceDefaultsExtensions.UseStrictJson(json);
        return json;
    }
}

/// <summary>A service of one class's own: its clock may be moved.</summary>
public sealed class MovedClockFixture : ReportingFixture
{
    protected override bool MayMoveClock => true;
}

/// <summary>The host itself; internal because its context is.</summary>
internal sealed class ReportingHost() : ServiceFixture<Program, ReportingDbContext>("reporting")
{
    // Tests move the clock by days: for the service it would have been away all the while.
    protected override void Configure(IDictionary<string, string?> settings) => settings["Outages:BeatSeconds"] = "0";
}
