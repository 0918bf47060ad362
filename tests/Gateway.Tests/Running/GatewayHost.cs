using Gengdu.Gateway.Data;
using Gengdu.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>The gateway on real Kestrel before a real identity and a stub for the other services.</summary>
internal sealed class GatewayHost : WebApplicationFactory<Program>
{
    private readonly int _port;
    private readonly Dictionary<string, string> _settings;
    private readonly List<IAsyncDisposable> _parts = [];

    private GatewayHost(int port, Dictionary<string, string> settings)
    {
        (_port, _settings) = (port, settings);
        UseKestrel(port);
    }

    public string Address => $"http://localhost:{_port}";

    public IdentityHost Identity { get; private set; } = null!;

    public Upstream Upstream { get; private set; } = null!;

    public static async Task<GatewayHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var (port, webRoot) = (Ports.Free(), WebRoot());
        var upstream = await Upstream.StartAsync();
        // As everywhere: the gateway signs with its own key. A test may name the secret instead.
        var secret = settings.FirstOrDefault(setting => setting.Key == "Identity:GatewayClientSecret").Value;
        var (identity, identityDatabase) = await IdentityHost.StartAsync($"http://localhost:{port}", secret);
        var database = await TemplateDatabase.CopyAsync<GatewayDbContext>("gateway");
        var all = new Dictionary<string, string>
        {
            ["ConnectionStrings:Postgres"] = await database.ConnectionStringAsync("gateway"), ["Logging:LogLevel:Default"] = "Warning",
            ["Identity:Issuer"] = $"http://localhost:{port}/identity", ["Identity:MetadataAddress"] = $"{identity.Address}/identity/.well-known/openid-configuration",
            ["Services:Identity"] = identity.Address, ["Services:Reporting"] = upstream.Address,
            ["Services:Analytics"] = upstream.Address, ["Services:Supervision"] = $"http://127.0.0.1:{Ports.Free()}", ["Gateway:WebRoot"] = webRoot,
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var host = new GatewayHost(port, all) { Identity = identity, Upstream = upstream };
        host._parts.AddRange([identity, identityDatabase, database, upstream]);
        host.StartServer();
        await Ports.ReadyAsync(host.Address);
        return host;
    }

    public Browser Browser() => new(this);

    /// <summary>A second process of the same gateway, as far as that can be had in one: own memory, same database and key ring.</summary>
    public async Task<GatewayHost> ReplicaAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string>(_settings) { ["Gateway:PublicAddress"] = Address };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var replica = new GatewayHost(Ports.Free(), all) { Identity = Identity, Upstream = Upstream };
        replica.StartServer();
        await Ports.ReadyAsync(replica.Address);
        return replica;
    }

    public async Task<TResult> InDatabaseAsync<TResult>(Func<GatewayDbContext, Task<TResult>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<GatewayDbContext>());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // The service's own appsettings.json, with its routes, lies beside the service.
        builder.UseContentRoot(RepositoryRoot.Combine("services", "gateway"));
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }

    private static string WebRoot()
    {
        var root = Directory.CreateTempSubdirectory("gengdu-web-").FullName;
        Directory.CreateDirectory(Path.Combine(root, "assets"));
        File.WriteAllText(Path.Combine(root, "index.html"), "<!doctype html><title>app</title><script>early()</script>");
        File.WriteAllText(Path.Combine(root, "assets", "app-1a2b.js"), $"console.log('{new string('x', 2000)}')");
        // What the build squeezed: recognisably not what the gateway would make of it in passing.
        File.WriteAllText(Path.Combine(root, "assets", "small-3c4d.css"), "p{}");
        File.WriteAllText(Path.Combine(root, "assets", "small-3c4d.css.br"), "squeezed");
        File.WriteAllText(Path.Combine(root, "index.html.br"), "squeezed page");
        File.WriteAllText(Path.Combine(root, "sprout.svg"), "<svg/>");
        return root;
    }
}

/// <summary>One gateway per test class.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(("ReverseProxy:Routes:analytics-rebuilds:Timeout", "00:00:02"));

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
