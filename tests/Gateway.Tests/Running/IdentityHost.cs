extern alias identity;
using Gengdu.TestKit;
using identity::Gengdu.Identity.Data;
using identity::Gengdu.Identity.Protocol.Keys;
using identity::Gengdu.Identity.Protocol.Sessions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Tests.Running;

/// <summary>The real identity service on real Kestrel, with one administrator.</summary>
internal sealed class IdentityHost : WebApplicationFactory<identity::Program>
{
    public const string UserName = "admin";
    public const string Password = "correct horse battery";
    private readonly string _gateway;
    private readonly int _port;
    private readonly string _connection;

    private readonly string? _secret;

    private IdentityHost(string gateway, int port, string connection, string? secret)
    {
        (_gateway, _port, _connection, _secret) = (gateway, port, connection, secret);
        UseKestrel(port);
    }

    public string Address => $"http://127.0.0.1:{_port}";

    public static async Task<(IdentityHost Host, TestDatabase Database)> StartAsync(string gateway, string? secret)
    {
        var database = await TemplateDatabase.CopyAsync<IdentityDbContext>("identity");
        var host = new IdentityHost(gateway, Ports.Free(), await database.ConnectionStringAsync("identity"), secret);
        host.StartServer();
        await Ports.ReadyAsync(host.Address);
        return (host, database);
    }

    public async Task InDatabaseAsync(Func<IdentityDbContext, Task> act)
    {
        await using var scope = Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<IdentityDbContext>());
    }

    /// <summary>Signs as the provider does, with the key of its id tokens or, for "access", of its access tokens.</summary>
    public async Task<SigningCredentials> KeyAsync(string use = "id") => await Services.GetRequiredService<SigningKeys>().ForAsync(use, CancellationToken.None);

    /// <summary>As "sign out everywhere" and disabling a person do.</summary>
    public async Task EndAllSessionsAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var person = await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().People.SingleAsync(p => p.UserName == UserName);
        await scope.ServiceProvider.GetRequiredService<SignInSessions>().EndAllOfAsync(person.Id, CancellationToken.None);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Postgres", _connection).UseSetting("Messaging:Transport", "InMemory").UseSetting("Logging:LogLevel:Default", "Warning")
            .UseSetting("Identity:Issuer", $"{_gateway}/identity").UseSetting("Identity:MetadataAddress", $"{Address}/identity/.well-known/openid-configuration")
            .UseSetting(_secret is null ? "Identity:GatewayJwksAddress" : "Identity:GatewayClientSecret", _secret ?? $"{_gateway}/bff/jwks").UseSetting("Identity:GatewayBackchannelLogoutUri", $"{_gateway}/bff/backchannel-logout").UseSetting("Bootstrap:UserName", UserName).UseSetting("Bootstrap:Password", Password)
            .UseSetting("PasswordHashing:Iterations", "1000").UseSetting("Identity:SecondFactor:Required", "false").UseContentRoot(AppContext.BaseDirectory);
    }
}
