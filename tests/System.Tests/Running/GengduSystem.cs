using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Gengdu.TestKit;

namespace Gengdu.System.Tests.Running;

/// <summary>The whole platform: gateway and four services as processes, real Postgres and RabbitMQ, data of its own.</summary>
internal sealed class GengduSystem : IAsyncDisposable
{
    public static readonly string[] Services = ["identity", "reporting", "supervision", "analytics", "gateway"];

    /// <summary>The verb "migrate" of each service is run once; every platform starts with a copy of what it made: tables, and queues.</summary>
    private static readonly Lazy<Task<(TestDatabase Database, string Queues)>> Migrated = new(MigrateAsync);

    private readonly ConcurrentDictionary<string, RunningService> _running = new();
    private readonly Dictionary<string, int> _ports;
    private readonly TestDatabase _database;
    private readonly VirtualHost _broker;
    private readonly bool _secondFactor;
    private readonly IReadOnlyDictionary<string, string> _more;

    private GengduSystem(TestDatabase database, VirtualHost broker, bool secondFactor, IReadOnlyDictionary<string, string>? more)
    {
        (_database, _broker, _secondFactor, _more) = (database, broker, secondFactor, more ?? new Dictionary<string, string>());
        var ports = FreePorts(Services.Length);
        _ports = Services.Select((name, i) => (name, ports[i])).ToDictionary(p => p.name, p => p.Item2);
    }

    public const string Administrator = "administrator";
    public const string Auditor = "auditor";

    public string Password { get; } = $"Test-{RandomNumberGenerator.GetHexString(10)}";

    public Uri Address => new($"http://localhost:{_ports["gateway"]}");

    public TestDatabase Database => _database;

    public VirtualHost Broker => _broker;

    /// <summary>Where the mails lie that would be sent.</summary>
    public string Outgoing { get; } = Path.Combine(Path.GetTempPath(), $"gengdu-outgoing-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}");

    public RunningService this[string service] => _running[service];

    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="secondFactor">As in a real province: reviewers and above need one.</param>
    /// <param name="more">Further settings, for every service.</param>
    public static async Task<GengduSystem> StartAsync(CancellationToken cancellationToken, bool secondFactor = false, IReadOnlyDictionary<string, string>? more = null)
    {
        var migrated = await Migrated.Value;
        var system = new GengduSystem(await migrated.Database.CopyAsync(cancellationToken), await BrokerServer.CreateVirtualHostAsync(cancellationToken), secondFactor, more);
        // Before anybody publishes: the first organisation would never come to a service whose queue is made later.
        await system._broker.DefineAsync(migrated.Queues, cancellationToken);
        foreach (var service in Services)
        {
            await system.StartAsync(service);
        }

        await system.WaitUntilReadyAsync(cancellationToken);
        return system;
    }

    /// <summary>Starts one service, with a fault point armed when given ("FP07:3") and settings of this start alone.</summary>
    public async Task StartAsync(string service, string? faultPoint = null, params IEnumerable<(string Name, string Value)> own)
    {
        var settings = await SettingsAsync(service);
        foreach (var (name, value) in own)
        {
            settings[name] = value;
        }

        if (faultPoint is not null)
        {
            settings["GENGDU_FAULT_POINT"] = faultPoint;
        }

        // With telemetry on somebody wants to read all that is written.
        _running[service] = RunningService.Start(service, settings, _more.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT") ? int.MaxValue : 500);
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
        if (Directory.Exists(Outgoing))
        {
            Directory.Delete(Outgoing, recursive: true);
        }
    }

    /// <summary>Everything a service is told, as scripts/services.sh tells it.</summary>
    public async Task<Dictionary<string, string>> SettingsAsync(string service)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{_ports[service]}" + (service == "gateway" ? $";http://[::1]:{_ports[service]}" : ""),
            ["ConnectionStrings__Postgres"] = await _database.ConnectionStringAsync(service),
            ["ConnectionStrings__PostgresOwner"] = await _database.OwnerConnectionStringAsync(service),
            ["ConnectionStrings__RabbitMq"] = _broker.Address.ToString(),
            ["Identity__Issuer"] = $"{Address.ToString().TrimEnd('/')}/identity",
            ["Identity__MetadataAddress"] = $"http://127.0.0.1:{_ports["identity"]}/identity/.well-known/openid-configuration",
            ["Identity__GatewayJwksAddress"] = new Uri(Address, "/bff/jwks").ToString(),
            ["Identity__GatewayBackchannelLogoutUri"] = new Uri(Address, "/bff/backchannel-logout").ToString(),
            ["Identity__GatewayAddress"] = Address.ToString().TrimEnd('/'),
            // Tests that compare tables before and after must not depend on the hour, nor on how long the tests before took.
            ["Recounts__Nightly"] = "false",
            ["Peers__EveryMinutes"] = "1440",
            // Nor wait for minutes until nothing is left to be judged.
            ["Quality__EverySeconds"] = "1",
            ["Quality__RestSeconds"] = "0",
            ["Quality__PlacesAtOnce"] = "1000",
            ["Identity__SecondFactor__Required"] = _secondFactor ? "true" : "false",
            ["PasswordHashing__Iterations"] = "1000",
            ["Bootstrap__UserName"] = Administrator,
            ["Bootstrap__Password"] = Password,
            ["Bootstrap__AuditUserName"] = Auditor,
            ["Bootstrap__AuditPassword"] = Password,
            ["Notices__Folder"] = Outgoing,
            ["Notices__Mail__Transport"] = "Folder",
            ["Programmes__Directory"] = RepositoryRoot.Combine("programmes"),
            ["Gateway__WebRoot"] = RepositoryRoot.Combine("web", "dist"),
            ["Services__Identity"] = $"http://127.0.0.1:{_ports["identity"]}",
            ["Services__Reporting"] = $"http://127.0.0.1:{_ports["reporting"]}",
            ["Services__Supervision"] = $"http://127.0.0.1:{_ports["supervision"]}",
            ["Services__Analytics"] = $"http://127.0.0.1:{_ports["analytics"]}",
            ["DOTNET_gcServer"] = "0",
        };
        foreach (var (name, value) in _more)
        {
            settings[name] = value;
        }

        return settings;
    }

    private static async Task<(TestDatabase Database, string Queues)> MigrateAsync()
    {
        var system = new GengduSystem(await TestDatabase.CreateAsync(), await BrokerServer.CreateVirtualHostAsync(), secondFactor: false, more: null);
        await Task.WhenAll(Services.Select(async service =>
        {
            await using var migration = RunningService.Start(service, await system.SettingsAsync(service), "migrate");
            await migration.WaitForExitAsync(CancellationToken.None);
            Assert.True(migration.ExitCode == 0, $"{service} migrate ended with {migration.ExitCode}:\n{migration.Output}");
        }));
        var queues = await system._broker.DefinitionsAsync();
        await system._broker.DisposeAsync();
        return (system._database, queues);
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
