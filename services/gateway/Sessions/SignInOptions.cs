using Gengdu.Gateway.Web;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gengdu.Gateway.Sessions;

/// <summary>The framework's OpenID Connect handler: authorization code with PKCE, state, nonce and a checked id token.</summary>
internal static class SignInOptions
{
    public const string SchemeName = "sign-in";
    public const string Language = "ui_locales";

    public static void Configure(OpenIdConnectOptions oidc, GatewayOptions options)
    {
        oidc.Authority = options.Issuer;
        oidc.MetadataAddress = options.MetadataAddress;
        oidc.RequireHttpsMetadata = options.MetadataAddress.StartsWith("https://", StringComparison.Ordinal);
        (oidc.ClientId, oidc.ClientSecret) = (options.ClientId, options.ClientSecret);
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (oidc.CallbackPath, oidc.SignInScheme, oidc.SaveTokens) = ("/bff/callback", SessionAuthentication.SchemeName, true);
        // The name comes from UserInfo: an id token says who, not what they are called.
        (oidc.GetClaimsFromUserInfoEndpoint, oidc.MapInboundClaims, oidc.DisableTelemetry) = (true, false, true);
        (oidc.BackchannelTimeout, oidc.RemoteAuthenticationTimeout) = (TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30));
        oidc.TokenValidationParameters.ValidIssuer = options.Issuer;
        oidc.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];
        oidc.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
        oidc.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "offline_access"])
        {
            oidc.Scope.Add(scope);
        }

        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
        {
            // Lax: the answer arrives by a redirect, which may come from another site when the provider stands elsewhere.
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = options.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        }

        oidc.Events = Events(options);
    }

    private static OpenIdConnectEvents Events(GatewayOptions options) => new()
    {
        OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.UiLocales = context.Properties.GetParameter<string>(Language) ?? (ProblemResults.Language(context.Request) == "en" ? "en" : "zh-CN");
            return Task.CompletedTask;
        },
        OnMessageReceived = context =>
        {
            // RFC 9207: an answer that names another issuer was meant for another client's mistake, not for us.
            if (context.ProtocolMessage.Parameters.TryGetValue("iss", out var issuer) && issuer != options.Issuer)
            {
                context.Fail("The answer names another issuer");
            }

            return Task.CompletedTask;
        },
        OnRemoteFailure = async context =>
        {
            context.HandleResponse();
            // Back button or a second tab: who is signed in already needs no page.
            if ((await context.HttpContext.AuthenticateAsync(SessionAuthentication.SchemeName)).Succeeded)
            {
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = "/";
                return;
            }

            await SignInFailed.WriteAsync(context.HttpContext);
        },
    };
}
