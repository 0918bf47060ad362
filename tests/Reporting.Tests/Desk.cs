using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gengdu.Organisations;
using Gengdu.Reporting.ModuleReports;

namespace Gengdu.Reporting.Tests;

/// <summary>One module report with the two people who work on it, and what they do.</summary>
internal sealed record Desk(ReportingFixture Fixture, Guid Id, Guid CycleId, Organisation School, HttpClient Reporter, HttpClient Approver)
{
    public string Address => $"/api/reporting/module-reports/{Id}";

    public Task<ModuleReport> RowAsync() => Fixture.ModuleAsync(Id);

    public async Task<JsonElement> ReadAsync(HttpClient? client = null)
    {
        using var response = await (client ?? Reporter).GetAsync(Address);
        return await ReportingFixture.BodyAsync(response);
    }

    /// <summary>One change after another as (address, JSON value).</summary>
    public async Task<HttpResponseMessage> SaveAsync(HttpClient client, long? version, params (string At, string Value)[] changes) =>
        await PatchAsync(client, version, new JsonObject
        {
            ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject { ["at"] = c.At, ["value"] = JsonNode.Parse(c.Value) })]),
        });

    public async Task<HttpResponseMessage> PatchAsync(HttpClient client, long? version, JsonObject body) =>
        await SendAsync(client, HttpMethod.Patch, "/values", version, body);

    public async Task<JsonElement> SavedAsync(params (string At, string Value)[] changes)
    {
        using var response = await SaveAsync(Reporter, (await RowAsync()).Version, changes);
        return await ReportingFixture.BodyAsync(response);
    }

    public async Task<HttpResponseMessage> CompleteAsync(HttpClient client, long? version) => await SendAsync(client, HttpMethod.Post, "/completion", version, null);

    public async Task<HttpResponseMessage> ReopenAsync(HttpClient client, long? version) => await SendAsync(client, HttpMethod.Delete, "/completion", version, null);

    public async Task<HttpResponseMessage> SubmitAsync(HttpClient client, long? version, string? key, object? body = null)
    {
        using var request = Request(HttpMethod.Post, "/submission", version, body ?? new { statement = true });
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Basic information of a primary school without error or warning.</summary>
    public async Task FilledAsync()
    {
        var grades = School.Grades;
        var changes = new List<(string, string)>(grades.SelectMany((g, i) => new[] { ($"classes/{g}", "2"), ($"students/{g}", $"{81 + i}") }))
        {
            ("boarders", "10"), ("staff_total", "40"), ("ft_teachers", "36"), ("campus_area", "12345"),
            ("principal_name", "\"张立\""), ("principal_phone", "\"13800001111\""), ("contact_name", "\"李敏\""), ("contact_phone", "\"13800002222\""),
        };
        await SavedAsync([.. changes]);
    }

    public async Task CompletedAsync()
    {
        await FilledAsync();
        using var response = await CompleteAsync(Reporter, (await RowAsync()).Version);
        await ReportingFixture.BodyAsync(response);
    }

    public async Task<JsonElement> SubmittedAsync(string? key = null)
    {
        using var response = await SubmitAsync(Approver, (await RowAsync()).Version, key ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        return await ReportingFixture.BodyAsync(response, 201);
    }

    /// <summary>Autosave as the page does it: a key of its own for each batch.</summary>
    public Task<HttpResponseMessage> SaveAsync(HttpClient client, long? version, string key, params (string At, string Value)[] changes) =>
        SaveTypedOnAsync(client, version, key, typedOn: null, changes);

    /// <summary>The same, of a page that says which version of the form it was typed on.</summary>
    public async Task<HttpResponseMessage> SaveTypedOnAsync(HttpClient client, long? version, string key, string? typedOn, params (string At, string Value)[] changes)
    {
        var body = new JsonObject
        {
            ["changes"] = new JsonArray([.. changes.Select(c => new JsonObject { ["at"] = c.At, ["value"] = JsonNode.Parse(c.Value) })]),
        };
        if (typedOn is not null)
        {
            body["programmeVersion"] = typedOn;
        }

        using var request = Request(HttpMethod.Patch, "/values", version, body);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string act, long? version, JsonObject? body)
    {
        using var request = Request(method, act, version, body);
        return await client.SendAsync(request);
    }

    private HttpRequestMessage Request(HttpMethod method, string act, long? version, object? body)
    {
        var request = new HttpRequestMessage(method, Address + act) { Content = body is null ? null : JsonContent.Create(body) };
        if (version is { } known)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"v{known}\"");
        }

        return request;
    }
}
