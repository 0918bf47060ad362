using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gengdu.Identity.Data;
using Gengdu.TestKit;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Identity as a process of its own, killed without warning: who was signed in still is, and every token still counts.</summary>
public sealed class KilledProcessTests : IAsyncLifetime
{
    private readonly int _port = FreePort();
    private TestDatabase? _database;
    private string _connectionString = "";
    private Process? _process;

    private Uri Address => new($"http://127.0.0.1:{_port}");

    public async ValueTask InitializeAsync()
    {
        _database = await TemplateDatabase.CopyAsync<IdentityDbContext>("identity");
        _connectionString = await _database.ConnectionStringAsync("identity");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _database!.DisposeAsync();
    }

    [Fact]
    public async Task Kill_LosesNoKeySessionOrToken()
    {
        await StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
        using var browser = new Browser(null!, http);
        var tokens = await (await RedeemAsync(browser, await browser.CodeAsync())).JsonAsync();
        var waiting = await browser.CodeAsync();
        var keys = await KeysAsync(http);

        await KillAsync();
        await StartAsync();

        Assert.Equal(keys, await KeysAsync(http));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/identity/userinfo") { Headers = { Authorization = new("Bearer", tokens.GetProperty("access_token").GetString()) } };
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(asked)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await RedeemAsync(browser, waiting)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await RedeemAsync(browser, waiting)).StatusCode);
        Assert.Contains("code", Browser.Answer(await browser.AuthorizeAsync(("prompt", "none"))));
        var refreshed = await browser.PostAsync("/identity/token", [("grant_type", "refresh_token"), ("refresh_token", tokens.GetProperty("refresh_token").GetString()!), .. Proof]);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
    }

    private static (string Name, string Value)[] Proof => [("client_id", "gateway"), ("client_secret", ProtocolHost.Secret)];

    private static Task<HttpResponseMessage> RedeemAsync(Browser browser, string code) => browser.PostAsync(
        "/identity/token", [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", ProtocolHost.Callback), ("code_verifier", Browser.Verifier), .. Proof]);

    private static async Task<string> KeysAsync(HttpClient http) =>
        string.Join(' ', (await (await http.GetAsync("/identity/jwks")).JsonAsync()).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()).Order(StringComparer.Ordinal));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Gengdu.Identity.dll")]) { WorkingDirectory = AppContext.BaseDirectory };
        foreach (var (name, value) in ((string, string)[])[
            ("ASPNETCORE_URLS", Address.ToString()), ("ConnectionStrings__Postgres", _connectionString), ("Messaging__Transport", "InMemory"), ("Identity__Issuer", $"{Address}identity"),
            ("Identity__GatewayAddress", "http://localhost:8080"), ("Identity__GatewayClientSecret", ProtocolHost.Secret), ("Identity__SecondFactor__Required", "false"),
            ("Bootstrap__UserName", IdentityHost.AdministratorName), ("Bootstrap__Password", IdentityHost.AdministratorPassword), ("PasswordHashing__Iterations", "1000"), ("Logging__LogLevel__Default", "Error")])
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = Address };
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It is not listening yet.
            }

            Assert.False(_process.HasExited, "identity ended by itself");
            await Task.Delay(100);
        }

        Assert.Fail("identity does not get ready");
    }

    private async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }
}
