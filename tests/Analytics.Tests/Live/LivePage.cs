using System.Globalization;
using System.Text.Json;
using Gengdu.Analytics.Live;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Tests.Live;

/// <summary>What a browser's EventSource does.</summary>
internal sealed class LivePage(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
{
    public static string Address(TestCycle cycle, Organisation place, string kind = "nodes") => $"/api/analytics/dashboards/{kind}/{place.Id}/stream?cycleId={cycle.Id}";

    public static async Task<LivePage> OpenAsync(HttpClient client, TestCycle cycle, Organisation place, long? last = null, string kind = "nodes")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(cycle, place, kind));
        if (last is { } known)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", known.ToString(CultureInfo.InvariantCulture));
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    public Task<(long Id, LiveFiguresResponse News)> NextAsync() => NextAsync<LiveFiguresResponse>();

    public async Task<(long Id, TNews News)> NextAsync<TNews>()
    {
        for (; ; )
        {
            if (await NextEventAsync() is { Event: "figures" } told)
            {
                return (long.Parse(told.Id!, CultureInfo.InvariantCulture), JsonSerializer.Deserialize<TNews>(told.Text!, AnalyticsFixture.Json)!);
            }
        }
    }

    public async Task<(string? Id, string? Event, string? Text)> NextEventAsync()
    {
        string? id = null, name = null, text = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case ["id", var value]: id = value; break;
                case ["event", var value]: name = value; break;
                case ["data", var value]: text = value; break;
                case [""] when name is not null: return (id, name, text);
            }
        }

        throw new EndOfStreamException("The stream ended");
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
