using Gengdu.Identity.Protocol.Authorization;
using Gengdu.Identity.Protocol.Clients;
using Gengdu.Identity.Protocol.Keys;
using Gengdu.Identity.Protocol.Replays;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.SignOut;
using Gengdu.Identity.Protocol.Tokens;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gengdu.Identity.Protocol;

internal static class ProtocolExtensions
{
    /// <summary>What others know from SignInEnded, read from where it happened.</summary>
    public const string EndedSignInsQuery =
        "select id, ended_at from sessions where ended_at > $1 union all select replace(family_id::text, '-', ''), revoked_at from authorization_codes where revoked_at > $1";

    /// <summary>The authorization server.</summary>
    public static void AddProtocol(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ProtocolOptions>().BindConfiguration(ProtocolOptions.Section);
        var https = (builder.Configuration["Identity:Issuer"] ?? "").StartsWith("https://", StringComparison.Ordinal);
        services.AddSingleton<ClientRegistry>().AddSingleton<SigningKeys>();
        services.AddSingleton<ClientKeys>().AddSingleton<OwnTokens>().AddSingleton<TokenIssuer>().AddSingleton<MachineGrant>().AddSingleton<IdTokenHint>();
        services.AddScoped<SignInSessions>().AddScoped<RedeemCode>().AddScoped<RefreshGrant>().AddScoped<Authorize>().AddScoped<PushedRequests>();
        services.AddScoped<SeenIdentifiers>().AddScoped<ClientAssertions>().AddScoped<ClientAuthentication>().AddScoped<LiveTokens>().AddScoped<TokenFamilies>();
        // Somebody waits at the sign-in meanwhile: for a client that has just started, ten seconds are better than being sent away.
        services.AddHttpClient(ClientKeys.HttpClientName, http => (http.Timeout, http.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(10), 64 * 1024))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddSingleton<LogoutSignal>().AddSingleton<IInterceptor, LogoutCommitInterceptor>().AddScoped<SessionEndings>();
        services.AddHttpClient(LogoutSender.HttpClientName, http => http.Timeout = TimeSpan.FromSeconds(5))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        services.AddHostedService<LogoutSender>();
        services.AddHostedService<ProtocolCleaner>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.SuppressXFrameOptionsHeader = true;
            Configure(antiforgery.Cookie, "gengdu-form", https);
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddAuthentication().AddCookie(SignInSessions.Scheme, cookie =>
        {
            Configure(cookie.Cookie, "gengdu-sign-in", https);
            // Lax, because another system's page may send the browser here to be recognised.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = SignInSession.Lifetime;
            cookie.SlidingExpiration = false;
        });
        builder.AddSignIn(https);
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IServiceProvider>((bearer, provider) =>
        {
            bearer.ConfigurationManager = ActivatorUtilities.CreateInstance<OwnKeys>(provider);
            bearer.Events = new() { OnMessageReceived = FormToken.ReadAsync };
        });
    }

    /// <summary>The gateway ends https, so requests arrive here over http. Cookies and form tokens go by the issuer, never by a header.</summary>
    public static void UsePublicScheme(this WebApplication app)
    {
        var scheme = new Uri(app.Configuration["Identity:Issuer"]!).Scheme;
        app.Use((context, next) =>
        {
            context.Request.Scheme = scheme;
            return next(context);
        });
    }

    // Only this path: the gateway shares the host. "__Secure-" and not "__Host-", because the latter demands the path "/".
    public static void Configure(CookieBuilder cookie, string name, bool https)
    {
        cookie.Name = https ? $"__Secure-{name}" : name;
        cookie.Path = "/identity";
        cookie.HttpOnly = true;
        cookie.SecurePolicy = https ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }
}
