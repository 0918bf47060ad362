using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Explore;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Explore;

/// <summary>Keeping questions, as a person's browser does.</summary>
internal static class SavedViews
{
    public const string Kept = "/api/analytics/explore/views";

    public static SaveViewRequest Request(TestCycle cycle, Organisation at, bool shared = false, string? sending = null, string name = "各县生均经费") =>
        new(name, new(at.Id, cycle.Id.ToString(), "K27", "county", null, null), shared, sending);

    public static async Task<HttpClient> PersonAsync(AnalyticsFixture fixture, string role, Organisation at) => await fixture.ClientAsync(role, at);

    public static async Task<SavedViewResponse> SavedAsync(this HttpClient client, SaveViewRequest request)
    {
        using var response = await client.PostAsJsonAsync(Kept, request);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var saved = (await response.Content.ReadFromJsonAsync<SavedViewResponse>(AnalyticsFixture.Json))!;
        Assert.Equal(($"{Kept}/{saved.Id}", $"\"v{saved.Version}\""), (response.Headers.Location!.ToString(), response.Headers.ETag!.Tag));
        return saved;
    }

    public static async Task<HttpResponseMessage> ChangeAsync(this HttpClient client, Guid id, SaveViewRequest request, long? version)
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, $"{Kept}/{id}") { Content = JsonContent.Create(request) };
        if (version is { } known)
        {
            message.Headers.IfMatch.Add(new($"\"v{known}\""));
        }

        return await client.SendAsync(message);
    }

    public static async Task RefusedAsync(this Task<HttpResponseMessage> asked, int status, string code)
    {
        using var response = await asked;
        await AnalyticsFixture.RefusedAsync(response, status, code);
    }
}
