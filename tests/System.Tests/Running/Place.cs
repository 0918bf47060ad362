using System.Net;
using System.Net.Sockets;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Running;

/// <summary>Room for single services: a database and a broker of their own, nothing started.</summary>
internal sealed class Place : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly VirtualHost _broker;
    private readonly int _port;

    private readonly Dictionary<string, string> _owners;

    private Place(TestDatabase database, VirtualHost broker, Dictionary<string, string> postgres, Dictionary<string, string> owners, int port) =>
        (_database, _broker, Postgres, _owners, _port) = (database, broker, postgres, owners, port);

    public IReadOnlyDictionary<string, string> Postgres { get; }

    public static async Task<Place> CreateAsync(CancellationToken cancellationToken)
    {
        var database = await TestDatabase.CreateAsync(cancellationToken);
        var (postgres, owners) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        foreach (var service in GengduSystem.Services)
        {
            postgres[service] = await database.ConnectionStringAsync(service);
            owners[service] = await database.OwnerConnectionStringAsync(service);
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Place(database, await BrokerServer.CreateVirtualHostAsync(cancellationToken), postgres, owners, ((IPEndPoint)listener.LocalEndpoint).Port);
    }

    public Dictionary<string, string> Settings(string service) => new()
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_port}",
        ["ConnectionStrings__Postgres"] = Postgres[service],
        ["ConnectionStrings__PostgresOwner"] = _owners[service],
        ["ConnectionStrings__RabbitMq"] = _broker.Address.ToString(),
        ["Identity__Issuer"] = "http://localhost:1/identity",
        ["Identity__GatewayClientSecret"] = "not-used-by-this-test",
        ["Identity__GatewayAddress"] = "http://localhost:1",
        ["Bootstrap__UserName"] = "administrator",
        ["Bootstrap__Password"] = "Not-used-by-this-test-1",
        ["Programmes__Directory"] = RepositoryRoot.Combine("programmes"),
        ["Gateway__WebRoot"] = RepositoryRoot.Combine("web", "dist"),
        ["Services__Identity"] = "http://127.0.0.1:1",
        ["Services__Reporting"] = "http://127.0.0.1:1",
        ["Services__Supervision"] = "http://127.0.0.1:1",
        ["Services__Analytics"] = "http://127.0.0.1:1",
    };

    public async Task<bool> IsReadyAsync(string service)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{_port}/health/ready?{service}"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }
}
