using System.Net;
using System.Net.Http.Json;
using Gengdu.Analytics.Explore;
using Gengdu.Analytics.Explore.Boards;

namespace Gengdu.Analytics.Tests.Explore.Boards;

/// <summary>Putting kept questions side by side, as a person's browser does.</summary>
internal static class Boarding
{
    public const string Route = "/api/analytics/explore/boards";

    public static Uri At(Guid id) => new($"{Route}/{id}", UriKind.Relative);

    public static BoardRequest Of(string title, bool shared, params IReadOnlyList<SavedViewResponse> views) => new(title, shared, [.. views.Select(view => new BoardTile(view.Id, "chart"))]);

    public static async Task<BoardResponse> LaidAsync(this HttpClient client, BoardRequest request)
    {
        using var response = await client.PostAsJsonAsync(Route, request);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var laid = (await response.Content.ReadFromJsonAsync<BoardResponse>(AnalyticsFixture.Json))!;
        Assert.Equal(($"{Route}/{laid.Id}", $"\"v{laid.Version}\""), (response.Headers.Location!.ToString(), response.Headers.ETag!.Tag));
        return laid;
    }

    public static async Task<BoardResponse> BoardAsync(this HttpClient client, Guid id) => (await client.GetFromJsonAsync<BoardResponse>(At(id), AnalyticsFixture.Json))!;

    public static async Task<HttpResponseMessage> RelayAsync(this HttpClient client, Guid id, BoardRequest request, long? version)
    {
        using var message = new HttpRequestMessage(HttpMethod.Put, At(id)) { Content = JsonContent.Create(request) };
        if (version is { } known)
        {
            message.Headers.IfMatch.Add(new($"\"v{known}\""));
        }

        return await client.SendAsync(message);
    }
}
