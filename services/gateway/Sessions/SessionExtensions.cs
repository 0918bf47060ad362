using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Gengdu.Gateway.Sessions;

internal static class SessionExtensions
{
    /// <summary>Sign-in through the provider, and the sessions that come of it.</summary>
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        var options = GatewayOptions.Read(builder.Configuration);
        var services = builder.Services;
        services.AddOptions<SessionLimits>().BindConfiguration(SessionLimits.Section);
        services.AddSingleton(options).AddSingleton<SessionTable>().AddSingleton<SessionStore>().AddSingleton<SessionCookie>().AddSingleton<AccessTokens>();
        services.AddSingleton<Provider>().AddSingleton<ProviderClient>().AddSingleton<ClientKeys>().AddSingleton<ClientCredentials>();
        services.AddHostedService<SessionCleaner>().AddHostedService<EndedSessions>();
        services.AddHttpClient(Provider.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(10))
            .UseSocketsHttpHandler((handler, _) => (handler.ConnectTimeout, handler.PooledConnectionLifetime, handler.UseCookies, handler.AllowAutoRedirect) = (TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5), false, false));
        services.AddHealthChecks().AddCheck<Provider>("identity");
        services.AddAuthorization();
        services.AddAuthentication(SessionAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthentication>(SessionAuthentication.SchemeName, null)
            .AddOpenIdConnect(SignInOptions.SchemeName, oidc => SignInOptions.Configure(oidc, options));
        services.AddOptions<OpenIdConnectOptions>(SignInOptions.SchemeName).Configure<Provider>((oidc, provider) => oidc.ConfigurationManager = provider.Document);
    }
}
