using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace Gengdu.TestKit;

/// <summary>
/// The RabbitMQ of this test run: the one GENGDU_TEST_RABBITMQ names (amqp address; management on the next port), else a
/// private one. Queues of different tests stay apart by virtual hosts.
/// </summary>
public static class BrokerServer
{
    private const string Setting = "GENGDU_TEST_RABBITMQ";
    private static readonly Lazy<Task<string>> Server = new(() =>
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } named ? Task.FromResult(named) : PrivateInfra.StartAsync("rabbitmq", Setting));

    public static async Task<Uri> AddressAsync() => new(await Server.Value);

    /// <summary>A virtual host of its own, deleted with all its queues at the end.</summary>
    public static async Task<VirtualHost> CreateVirtualHostAsync(CancellationToken cancellationToken = default)
    {
        var name = $"gengdu-test-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var management = Management(await AddressAsync());
        using var made = await management.PutAsync(new Uri($"api/vhosts/{name}", UriKind.Relative), null, cancellationToken);
        made.EnsureSuccessStatusCode();
        using var permitted = await management.PutAsJsonAsync(
            new Uri($"api/permissions/{name}/{User(await AddressAsync()).Name}", UriKind.Relative), new { configure = ".*", write = ".*", read = ".*" }, cancellationToken);
        permitted.EnsureSuccessStatusCode();
        return new(name, new UriBuilder(await AddressAsync()) { Path = name }.Uri, management);
    }

    private static HttpClient Management(Uri broker)
    {
        var (name, password) = User(broker);
        // A call must never hang: a broker that lost its leader answers nothing at all.
        // Definitions are taken queue by queue, each a quorum queue: with three platforms starting at once on two cores that is long.
        var client = new HttpClient { BaseAddress = new Uri($"http://{broker.Host}:{broker.Port + 1}/"), Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        return client;
    }

    private static (string Name, string Password) User(Uri broker)
    {
        var parts = broker.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[^1]));
    }
}

/// <summary>One test's own name space on the broker.</summary>
public sealed class VirtualHost(string name, Uri address, HttpClient management) : IAsyncDisposable
{
    private Uri Definitions => new($"api/definitions/{name}", UriKind.Relative);

    public string Name => name;

    /// <summary>For ConnectionStrings:RabbitMq.</summary>
    public Uri Address => address;

    /// <summary>RabbitMQ's management API, signed in.</summary>
    public HttpClient Management => management;

    /// <summary>Its exchanges, queues and bindings, for <see cref="DefineAsync"/>.</summary>
    public Task<string> DefinitionsAsync(CancellationToken cancellationToken = default) => management.GetStringAsync(Definitions, cancellationToken);

    /// <summary>Makes what another one had.</summary>
    public async Task DefineAsync(string definitions, CancellationToken cancellationToken = default)
    {
        using var content = new StringContent(definitions, Encoding.UTF8, "application/json");
        using var made = await management.PostAsync(Definitions, content, cancellationToken);
        made.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        using (management)
        {
            using var gone = await management.DeleteAsync(new Uri($"api/vhosts/{name}", UriKind.Relative));
        }
    }
}
