using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Gengdu.Gateway.Session;

/// <summary>The browser's side: a cookie that means nothing elsewhere; the tokens stay here (ADR 0002).</summary>
internal static class SessionExtensions
{
    public const string Identity = "identity";

    public static void AddSession(this WebApplicationBuilder builder)
    {
        var identity = builder.Configuration.GetSection("Identity");
        var issuer = Required(identity, "Issuer", "the public address of the authorization server, e.g. http://localhost:8080/identity");
        var secret = Required(identity, "GatewayClientSecret", "the secret that identity knows this gateway by");
        var secure = issuer.StartsWith("https://", StringComparison.Ordinal);
        builder.Services.AddSingleton<SessionStore>();
        builder.Services.AddSingleton<AccessTokens>();
        builder.Services.AddHostedService<SessionCleaner>();
        builder.Services.AddHttpClient();
        builder.Services.AddAuthorization();
        builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<SessionStore>((cookie, store) => cookie.SessionStore = store);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = secure ? "__Host-gengdu" : "gengdu";
                cookie.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
                cookie.Cookie.HttpOnly = true;
                // Lax, not Strict: a link in a notice or a mail must open the page signed in. What changes something needs our header anyway.
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.Path = "/";
                cookie.ExpireTimeSpan = SessionStore.Lifetime;
                cookie.SlidingExpiration = false;
                cookie.Events.OnRedirectToLogin = context => RefuseAsync(context.HttpContext, GeneralProblems.Unauthenticated);
                cookie.Events.OnRedirectToAccessDenied = context => RefuseAsync(context.HttpContext, GeneralProblems.Forbidden);
            })
            .AddOpenIdConnect(Identity, oidc =>
            {
                oidc.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                oidc.Authority = issuer;
                oidc.MetadataAddress = identity["MetadataAddress"] ?? $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
                oidc.RequireHttpsMetadata = !oidc.MetadataAddress.StartsWith("http://", StringComparison.Ordinal);
                oidc.ClientId = identity["GatewayClientId"] ?? "gateway";
                oidc.ClientSecret = secret;
                oidc.CallbackPath = "/bff/callback";
                oidc.ResponseType = OpenIdConnectResponseType.Code;
                oidc.ResponseMode = OpenIdConnectResponseMode.Query;
                oidc.UsePkce = true;
                oidc.SaveTokens = true;
                oidc.MapInboundClaims = false;
                oidc.DisableTelemetry = true;
                oidc.GetClaimsFromUserInfoEndpoint = false;
                oidc.TokenValidationParameters.ValidIssuer = issuer;
                oidc.TokenValidationParameters.NameClaimType = "name";
                oidc.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
                oidc.Scope.Clear();
                foreach (var scope in (string[])["openid", "profile", "offline_access"])
                {
                    oidc.Scope.Add(scope);
                }

                foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
                {
                    cookie.SameSite = SameSiteMode.Lax;
                    cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
                }

                oidc.Events.OnRedirectToIdentityProvider = context =>
                {
                    context.ProtocolMessage.UiLocales = ProblemResults.Language(context.Request) == "en" ? "en" : "zh-CN";
                    return Task.CompletedTask;
                };
                oidc.Events.OnRemoteFailure = context =>
                {
                    context.HandleResponse();
                    return RefuseAsync(context.HttpContext, GatewayProblems.SignInFailed);
                };
            });
    }

    private static Task RefuseAsync(HttpContext http, Problem problem) => problem.ToHttpResult().ExecuteAsync(http);

    private static string Required(IConfigurationSection section, string key, string what) => section[key] is { Length: > 0 } value ? value
        : throw new InvalidOperationException($"Configuration {section.Key}:{key} is missing: {what} (environment variable {section.Key}__{key}).");
}
