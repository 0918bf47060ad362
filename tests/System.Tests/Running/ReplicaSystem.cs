using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Running;

/// <summary>
/// Two gateways and two identities behind one address each, and one reporting service: the parts that sign people in, as a
/// province would run them. The gateway signs with its own key and pushes its requests.
/// </summary>
internal sealed class ReplicaSystem : IAsyncDisposable
{
    private readonly string[] _instances;
    private readonly OwnAuthority? _authority;
    private readonly Dictionary<string, RunningService> _running = [];
    private readonly Dictionary<string, int> _ports;
    private readonly TestDatabase _database;
    private readonly VirtualHost _broker;
    private readonly Front _gateways;
    private readonly Front _identities;

    private ReplicaSystem(TestDatabase database, VirtualHost broker, string[] instances, OwnAuthority? authority)
    {
        (_database, _broker, _instances, _authority) = (database, broker, instances, authority);
        string[] listening = [.. instances, "inside-1"];
        var listeners = listening.Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        _ports = listening.Zip(listeners, (name, l) => (name, port: ((IPEndPoint)l.LocalEndpoint).Port)).ToDictionary(p => p.name, p => p.port);
        listeners.ForEach(l => l.Dispose());
        _gateways = new Front([.. Replicas("gateway")]);
        _identities = new Front([.. Replicas("identity")]);
    }

    public const string Administrator = "administrator";

    public string Password { get; } = $"Test-{RandomNumberGenerator.GetHexString(10)}";

    public Uri Address => new($"{(_authority is null ? "http" : "https")}://127.0.0.1:{_gateways.Port}");

    public TestDatabase Database => _database;

    /// <summary>One replica past the load balancer.</summary>
    public Uri At(string instance) => new($"http://127.0.0.1:{_ports[instance]}");

    public static Task<ReplicaSystem> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(["identity-1", "identity-2", "gateway-1", "gateway-2", "reporting-1"], null, cancellationToken);

    /// <summary>One gateway over https with a certificate of the authority, and one identity.</summary>
    public static Task<ReplicaSystem> StartAsync(OwnAuthority authority, CancellationToken cancellationToken) => StartAsync(["identity-1", "gateway-1"], authority, cancellationToken);

    private static async Task<ReplicaSystem> StartAsync(string[] instances, OwnAuthority? authority, CancellationToken cancellationToken)
    {
        var system = new ReplicaSystem(await TestDatabase.CreateAsync(cancellationToken), await BrokerServer.CreateVirtualHostAsync(cancellationToken), instances, authority);
        foreach (var service in instances.Select(Service).Distinct())
        {
            await using var migration = RunningService.Start(service, await system.SettingsAsync($"{service}-1"), "migrate");
            await migration.WaitForExitAsync(cancellationToken);
            Assert.True(migration.ExitCode == 0, $"{service} migrate ended with {migration.ExitCode}:\n{migration.Output}");
        }

        await Task.WhenAll(instances.Select(system.StartAsync));
        await system.WaitUntilReadyAsync(cancellationToken, instances);
        return system;
    }

    public async Task StartAsync(string instance)
    {
        var running = RunningService.Start(Service(instance), await SettingsAsync(instance));
        lock (_running)
        {
            _running[instance] = running;
        }
    }

    /// <summary>As kill -9.</summary>
    public Task KillAsync(string instance) => _running[instance].KillAsync();

    public string Output(string instance) => _running[instance].Output;

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken, params string[] instances)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var instance in instances)
        {
            for (var i = 0; !await IsReadyAsync(http, instance, cancellationToken); i++)
            {
                Assert.False(_running[instance].HasExited || i > 1800, $"{instance} did not become ready:\n{_running[instance].Output}");
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Values)
        {
            await service.DisposeAsync();
        }

        await _gateways.DisposeAsync();
        await _identities.DisposeAsync();
        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private IEnumerable<int> Replicas(string service) => _instances.Where(instance => Service(instance) == service).Select(instance => _ports[instance]);

    // Without the certificate, for what asks from this machine.
    private Uri Inside(string instance) => _authority is not null && Service(instance) == "gateway" ? new($"http://127.0.0.1:{_ports["inside-1"]}") : new($"http://127.0.0.1:{_ports[instance]}");

    private static string Service(string instance) => instance[..instance.IndexOf('-', StringComparison.Ordinal)];

    private async Task<bool> IsReadyAsync(HttpClient http, string instance, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Inside(instance), "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, string>> SettingsAsync(string instance)
    {
        var address = Address.ToString().TrimEnd('/');
        var inside = _authority is null ? address : Inside("gateway-1").ToString().TrimEnd('/');
        return new()
        {
            ["ASPNETCORE_URLS"] = _authority is not null && Service(instance) == "gateway" ? $"https://127.0.0.1:{_ports[instance]};{inside}" : $"http://127.0.0.1:{_ports[instance]}",
            ["Gateway__Certificate__File"] = _authority?.CertificateFile ?? "",
            ["Gateway__Certificate__KeyFile"] = _authority?.KeyFile ?? "",
            ["ConnectionStrings__Postgres"] = await _database.ConnectionStringAsync(Service(instance)),
            ["ConnectionStrings__PostgresOwner"] = await _database.OwnerConnectionStringAsync(Service(instance)),
            ["ConnectionStrings__RabbitMq"] = _broker.Address.ToString(),
            ["Identity__Issuer"] = $"{address}/identity",
            ["Identity__MetadataAddress"] = $"http://127.0.0.1:{_identities.Port}/identity/.well-known/openid-configuration",
            ["Identity__GatewayAddress"] = address,
            ["Identity__GatewayJwksAddress"] = $"{inside}/bff/jwks",
            ["Identity__GatewayBackchannelLogoutUri"] = $"{inside}/bff/backchannel-logout",
            ["Identity__SecondFactor__Required"] = "false",
            ["Bootstrap__UserName"] = Administrator,
            ["Bootstrap__Password"] = Password,
            ["Programmes__Directory"] = RepositoryRoot.Combine("programmes"),
            ["Services__Identity"] = string.Join(';', Replicas("identity").Select(port => $"http://127.0.0.1:{port}")),
            ["Services__Reporting"] = $"http://127.0.0.1:{Replicas("reporting").Append(1).First()}",
            ["Services__Supervision"] = "http://127.0.0.1:1",
            ["Services__Analytics"] = "http://127.0.0.1:1",
            ["DOTNET_gcServer"] = "0",
        };
    }
}
