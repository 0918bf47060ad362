using Gengdu.Identity.Protocol.Keys;
using Gengdu.Identity.Tests.Protocol.Clients;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gengdu.Identity.Tests.Protocol;

/// <summary>Identity with a client of every kind, checking the tokens it issued with its own keys, at the machine's time.</summary>
internal class ProtocolHost : IdentityHost
{
    public const string Secret = "gateway-secret-of-tests";
    public const string OtherSecret = "other-secret-of-the-tests";
    public const string SystemSecret = "secret-system-of-the-tests";
    public const string ResourceServerSecret = "resource-server-of-tests";
    public const string Callback = "http://localhost:8080/bff/callback";
    public const string OtherCallback = "https://other.test/callback?tenant=1";

    public const string MobileCallback = "https://mobile.test/callback";
    public const string SigningCallback = "https://signing.test/callback";

    /// <summary>Another provincial system, for reporting and supervision; proves itself with keys.</summary>
    public SigningClient Machine { get; }

    /// <summary>A client that signs and must push its requests, as the gateway does in production.</summary>
    public SigningClient Signing { get; }

    public LogLines Log { get; } = new();

    public ProtocolHost()
        : this(null)
    {
    }

    /// <summary>A replica knows the same clients.</summary>
    protected ProtocolHost(ProtocolHost? other)
    {
        Machine = other?.Machine ?? new("provincial-system");
        Signing = other?.Signing ?? new("signing");
        Clock.SetUtcNow(TimeProvider.System.GetUtcNow());
    }

    public Browser Browser() => new(this, CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true }));

    protected override void Configure(IDictionary<string, string?> settings)
    {
        base.Configure(settings);
        settings["Identity:MetadataAddress"] = "http://inside.test:5101/identity/.well-known/openid-configuration";
        settings["Identity:Clients:other:Secret"] = OtherSecret;
        settings["Identity:Clients:other:RedirectUris:0"] = OtherCallback;
        settings["Identity:Clients:other:PostLogoutRedirectUris:0"] = "https://other.test/bye";
        settings["Identity:Clients:provincial-system:Jwks"] = Machine.Jwks;
        settings["Identity:Clients:provincial-system:Grants:0"] = "client_credentials";
        settings["Identity:Clients:provincial-system:Scopes:0"] = "figures:read";
        settings["Identity:Clients:provincial-system:Scopes:1"] = "events:read";
        settings["Identity:Clients:provincial-system:Audiences:0"] = "identity";
        settings["Identity:Clients:provincial-system:Audiences:1"] = "reporting";
        settings["Identity:Clients:secret-system:Secret"] = SystemSecret;
        settings["Identity:Clients:secret-system:Grants:0"] = "client_credentials";
        settings["Identity:Clients:secret-system:Scopes:0"] = "figures:read";
        settings["Identity:Clients:secret-system:Audiences:0"] = "reporting";
        settings["Identity:Clients:signing:Jwks"] = Signing.Jwks;
        settings["Identity:Clients:signing:RequirePushedRequests"] = "true";
        settings["Identity:Clients:signing:RedirectUris:0"] = SigningCallback;
        settings["Identity:Clients:mobile:Public"] = "true";
        settings["Identity:Clients:mobile:RedirectUris:0"] = MobileCallback;
        settings["Identity:Clients:mobile:Audiences:0"] = "reporting";
        settings["Identity:Clients:mobile:Audiences:1"] = "identity";
        settings["Identity:Clients:reporting-server:Secret"] = ResourceServerSecret;
        settings["Identity:Clients:reporting-server:Audiences:0"] = "reporting";
    }

    protected override void ConfigureServices(IServiceCollection services) =>
        services.AddSingleton<ILoggerProvider>(Log).AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IServiceProvider>((bearer, provider) =>
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
