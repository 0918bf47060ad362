using System.Net.Http.Json;
using System.Text.Json;
using Gengdu.TestKit;

namespace Gengdu.Messaging.Tests;

/// <summary>Questions to the broker's management API.</summary>
internal static class Broker
{
    public static async Task<JsonElement?> QueueAsync(this VirtualHost host, string queue)
    {
        using var response = await host.Management.GetAsync(new Uri($"api/queues/{host.Name}/{queue}", UriKind.Relative));
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>Takes up to a hundred messages off a queue and gives their payloads.</summary>
    public static async Task<IReadOnlyList<JsonElement>> TakeAsync(this VirtualHost host, string queue)
    {
        using var response = await host.Management.PostAsJsonAsync(
            new Uri($"api/queues/{host.Name}/{queue}/get", UriKind.Relative), new { count = 100, ackmode = "ack_requeue_false", encoding = "auto" });
        return response.IsSuccessStatusCode ? [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray()] : [];
    }

    /// <summary>Publishes raw bytes to a queue through the default exchange.</summary>
    public static async Task PutAsync(this VirtualHost host, string queue, string payload, string contentType)
    {
        using var response = await host.Management.PostAsJsonAsync(
            new Uri($"api/exchanges/{host.Name}/amq.default/publish", UriKind.Relative),
            new { properties = new { content_type = contentType, delivery_mode = 2 }, routing_key = queue, payload, payload_encoding = "string" });
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Binds a plain queue to an event's exchange, as another system would.</summary>
    public static async Task BindAsync(this VirtualHost host, string exchange, string queue)
    {
        using var declared = await host.Management.PutAsJsonAsync(new Uri($"api/queues/{host.Name}/{queue}", UriKind.Relative), new { durable = true });
        declared.EnsureSuccessStatusCode();
        using var bound = await host.Management.PostAsJsonAsync(new Uri($"api/bindings/{host.Name}/e/{exchange}/q/{queue}", UriKind.Relative), new { routing_key = "" });
        bound.EnsureSuccessStatusCode();
    }

    /// <summary>Closes every connection of this virtual host from the broker's side; says how many.</summary>
    public static async Task<int> CutConnectionsAsync(this VirtualHost host)
    {
        var cut = 0;
        foreach (var connection in (await host.Management.GetFromJsonAsync<JsonElement>(new Uri($"api/vhosts/{host.Name}/connections", UriKind.Relative))).EnumerateArray())
        {
            using var response = await host.Management.DeleteAsync(new Uri($"api/connections/{Uri.EscapeDataString(connection.GetProperty("name").GetString()!)}", UriKind.Relative));
            cut += response.IsSuccessStatusCode ? 1 : 0;
        }

        return cut;
    }

    public static async Task<IReadOnlyList<JsonElement>> BindingsAsync(this VirtualHost host, string queue) =>
        [.. (await host.Management.GetFromJsonAsync<JsonElement>(new Uri($"api/queues/{host.Name}/{queue}/bindings", UriKind.Relative))).EnumerateArray()];
}
