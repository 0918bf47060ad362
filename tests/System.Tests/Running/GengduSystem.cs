using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Running;

/// <summary>The whole platform: gateway and four services as processes, real Postgres and RabbitMQ, data of its own.</summary>
internal sealed class GengduSystem : IAsyncDisposable
{
    public static readonly string[] Services = ["identity", "reporting", "supervision", "analytics", "gateway"];
    private readonly Dictionary<string, RunningService> _running = [];
    private readonly Dictionary<string, int> _ports;
    private readonly TestDatabase _database;
    private readonly VirtualHost _broker;
    private readonly bool _secondFactor;

    private GengduSystem(TestDatabase database, VirtualHost broker, bool secondFactor)
    {
        (_database, _broker, _secondFactor) = (database, broker, secondFactor);
        var ports = FreePorts(Services.Length);
        _ports = Services.Select((name, i) => (name, ports[i])).ToDictionary(p => p.name, p => p.Item2);
    }

    public const string Administrator = "administrator";

    public string Password { get; } = $"Test-{RandomNumberGenerator.GetHexString(10)}";

    public Uri Address => new($"http://localhost:{_ports["gateway"]}");

    public TestDatabase Database => _database;

    public VirtualHost Broker => _broker;

    public RunningService this[string service] => _running[service];

    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="secondFactor">As in a real province: reviewers and above need one.</param>
    public static async Task<GengduSystem> StartAsync(CancellationToken cancellationToken, bool secondFactor = false)
    {
        var system = new GengduSystem(await TestDatabase.CreateAsync(cancellationToken), await BrokerServer.CreateVirtualHostAsync(cancellationToken), secondFactor);
        await Task.WhenAll(Services.Select(service => system.MigrateAsync(service, cancellationToken)));
        foreach (var service in Services)
        {
            await system.StartAsync(service);
        }

        await system.WaitUntilReadyAsync(cancellationToken);
        return system;
    }

    /// <summary>Starts one service, with a fault point armed when given: "FP07:3".</summary>
    public async Task StartAsync(string service, string? faultPoint = null)
    {
        var settings = await SettingsAsync(service);
        if (faultPoint is not null)
        {
            settings["GENGDU_FAULT_POINT"] = faultPoint;
        }

        _running[service] = RunningService.Start(service, settings);
    }

    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken, params string[] services)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        foreach (var service in services.Length == 0 ? Services : services)
        {
            var health = new Uri($"http://127.0.0.1:{_ports[service]}/health/ready");
            for (var i = 0; !await AnswersAsync(http, health, cancellationToken); i++)
            {
                if (_running[service].HasExited || i > 1800)
                {
                    throw new InvalidOperationException($"{service} did not become ready:\n{_running[service].Output}");
                }

                await Task.Delay(100, cancellationToken);
            }
        }
    }

    /// <summary>Ready, or ended before it was.</summary>
    public async Task<bool> BecomesReadyAsync(string service, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (!_running[service].HasExited)
        {
            if (await AnswersAsync(http, new Uri($"http://127.0.0.1:{_ports[service]}/health/ready"), cancellationToken))
            {
                return true;
            }

            await Task.Delay(100, cancellationToken);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.Values)
        {
            await service.DisposeAsync();
        }

        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Everything a service is told, as scripts/services.sh tells it.</summary>
    public async Task<Dictionary<string, string>> SettingsAsync(string service) => new()
    {
        ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_ports[service]}" + (service == "gateway" ? $";http://[::1]:{_ports[service]}" : ""),
        ["ConnectionStrings__Postgres"] = await _database.ConnectionStringAsync(service),
        ["ConnectionStrings__RabbitMq"] = _broker.Address.ToString(),
        ["Identity__Issuer"] = $"{Address.ToString().TrimEnd('/')}/identity",
        ["Identity__MetadataAddress"] = $"http://127.0.0.1:{_ports["identity"]}/identity/.well-known/openid-configuration",
        ["Identity__GatewayJwksAddress"] = new Uri(Address, "/bff/jwks").ToString(),
        ["Identity__GatewayBackchannelLogoutUri"] = new Uri(Address, "/bff/backchannel-logout").ToString(),
        ["Identity__GatewayAddress"] = Address.ToString().TrimEnd('/'),
        ["Identity__SecondFactor__Required"] = _secondFactor ? "true" : "false",
        ["PasswordHashing__Iterations"] = "1000",
        ["Bootstrap__UserName"] = Administrator,
        ["Bootstrap__Password"] = Password,
        ["Programmes__Directory"] = RepositoryRoot.Combine("programmes"),
        ["Gateway__WebRoot"] = RepositoryRoot.Combine("web", "dist"),
        ["Services__Identity"] = $"http://127.0.0.1:{_ports["identity"]}",
        ["Services__Reporting"] = $"http://127.0.0.1:{_ports["reporting"]}",
        ["Services__Supervision"] = $"http://127.0.0.1:{_ports["supervision"]}",
        ["Services__Analytics"] = $"http://127.0.0.1:{_ports["analytics"]}",
        ["DOTNET_gcServer"] = "0",
    };

    private async Task MigrateAsync(string service, CancellationToken cancellationToken)
    {
        await using var migration = RunningService.Start(service, await SettingsAsync(service), "migrate");
        await migration.WaitForExitAsync(cancellationToken);
        Assert.True(migration.ExitCode == 0, $"{service} migrate ended with {migration.ExitCode}:\n{migration.Output}");
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri health, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(health, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // Held open together, so that the system does not hand the same one out twice.
    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }
}
