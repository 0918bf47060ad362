using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Recounts;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.TestKit;

namespace Gengdu.Analytics.Tests;

/// <summary>The service, for test classes; its own types are internal and stay so.</summary>
public sealed class AnalyticsFixture : IAsyncLifetime
{
    internal static readonly JsonSerializerOptions Json = StrictJson();
    private Guid _owner;

    internal AnalyticsHost Host { get; } = new();

    internal TestProvince Province => Host.Province;

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        _owner = await Province.PersonAsync(Roles.ProvinceOwner, Province.Root);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    internal static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    internal async Task<HttpClient> ClientAsync(string role, Organisation organisation) => Host.CreateClient(await Province.PersonAsync(role, organisation));

    /// <summary>What the province's owner sees.</summary>
    internal Task<NodeDashboardResponse> NodeAsync(TestCycle cycle, Organisation organisation) =>
        ReadAsync<NodeDashboardResponse>($"/api/analytics/dashboards/nodes/{organisation.Id}?cycleId={cycle.Id}");

    internal Task<SchoolDashboardResponse> SchoolAsync(TestCycle cycle, Organisation organisation) =>
        ReadAsync<SchoolDashboardResponse>($"/api/analytics/dashboards/schools/{organisation.Id}?cycleId={cycle.Id}");

    /// <summary>Asks for a rebuild and waits for its end.</summary>
    internal async Task<RecountResponse> RebuildAsync(TestCycle cycle)
    {
        using var client = Host.CreateClient(_owner);
        using var response = await client.PostAsJsonAsync("/api/analytics/rebuilds", new { cycleId = cycle.Id });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var ended = await EndedAsync((await response.Content.ReadFromJsonAsync<RecountResponse>(Json))!.Id);
        Assert.Equal("finished", ended.State);
        return ended;
    }

    /// <summary>The recount once it neither waits nor runs.</summary>
    internal async Task<RecountResponse> EndedAsync(Guid id)
    {
        for (var tries = 0; ; tries++)
        {
            var recount = await ReadAsync<RecountResponse>($"/api/analytics/rebuilds/{id}");
            if (recount.State is not ("waiting" or "running"))
            {
                return recount;
            }

            Assert.True(tries < 6000, $"the recount is {recount.State} at {recount.Done} of {recount.Organisations}");
            await Task.Delay(50);
        }
    }

    /// <summary>Status and problem code in one assertion.</summary>
    internal static async Task RefusedAsync(HttpResponseMessage response, int status, string code)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal((status, code), ((int)response.StatusCode, document.RootElement.GetProperty("code").GetString()));
        Assert.NotEqual("", document.RootElement.GetProperty("messages").GetProperty("zh").GetString());
        Assert.NotEqual("", document.RootElement.GetProperty("messages").GetProperty("en").GetString());
    }

    internal async Task<T> ReadAsync<T>(string address)
    {
        using var client = Host.CreateClient(_owner);
        using var response = await client.GetAsync(address);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<T>(Json))!;
    }

    private static JsonSerializerOptions StrictJson()
    {
        var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ServiceDefaultsExtensions.UseStrictJson(json);
        return json;
    }
}

internal sealed class AnalyticsHost() : ServiceFixture<Program, AnalyticsDbContext>("analytics")
{
    /// <summary>The clock stands still: a place that rests after each judging would rest for ever.</summary>
    protected override void Configure(IDictionary<string, string?> settings) => (settings["Quality:RestSeconds"], settings["Quality:PlacesAtOnce"]) = ("0", "10000");
}
