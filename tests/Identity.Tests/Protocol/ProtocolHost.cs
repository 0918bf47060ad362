using Gengdu.Identity.Protocol.Keys;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Identity with a second client, checking the tokens it issued with its own keys, at the machine's time.</summary>
internal class ProtocolHost : IdentityHost
{
    public const string Secret = "gateway-secret-of-tests";
    public const string OtherSecret = "other-secret-of-the-tests";
    public const string Callback = "http://localhost:8080/bff/callback";
    public const string OtherCallback = "https://other.test/callback?tenant=1";

    public ProtocolHost() => Clock.SetUtcNow(TimeProvider.System.GetUtcNow());

    public Browser Browser() => new(this, CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true }));

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Identity:MetadataAddress"] = "http://inside.test:5101/identity/.well-known/openid-configuration";
        settings["Identity:Clients:other:Secret"] = OtherSecret;
        settings["Identity:Clients:other:RedirectUris:0"] = OtherCallback;
        settings["Identity:Clients:other:PostLogoutRedirectUris:0"] = "https://other.test/bye";
    }

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IServiceProvider>((bearer, provider) =>
        {
            bearer.TokenValidationParameters.IssuerSigningKeys = bearer.Configuration!.SigningKeys;
            bearer.Configuration = null;
            bearer.ConfigurationManager = ActivatorUtilities.CreateInstance<OwnKeys>(provider);
        });
}

public sealed class ProtocolFixture : IAsyncLifetime
{
    internal ProtocolHost Host { get; } = new();

    public ValueTask InitializeAsync() => Host.InitializeAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
