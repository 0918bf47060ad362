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

    /// <summary>Claim of UserInfo: the county, or whatever part of the province, whose share of the platform the person uses.</summary>
    public const string Area = "area";

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
        oidc.ClaimActions.MapUniqueJsonKey(Area, Area);
        oidc.PushedAuthorizationBehavior = PushedAuthorizationBehavior.UseIfAvailable;
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
        OnPushAuthorization = async context =>
        {
            if (Credentials(context.HttpContext) is { UsesKey: true } credentials)
            {
                context.ProtocolMessage.ClientAssertionType = ClientCredentials.AssertionType;
                context.ProtocolMessage.ClientAssertion = await credentials.AssertionAsync(context.HttpContext.RequestAborted);
                context.HandleClientAuthentication();
            }
        },
        OnAuthorizationCodeReceived = async context =>
        {
            if (Credentials(context.HttpContext) is { UsesKey: true } credentials)
            {
                context.TokenEndpointRequest!.ClientAssertionType = ClientCredentials.AssertionType;
                context.TokenEndpointRequest.ClientAssertion = await credentials.AssertionAsync(context.HttpContext.RequestAborted);
            }
        },
        OnTokenValidated = context =>
        {
            // The services know people by these ids alone, and without a refresh token nothing could be asked of them.
            if (!Guid.TryParse(context.Principal?.FindFirst("sub")?.Value, out _) || context.TokenEndpointResponse?.RefreshToken is not { Length: > 0 })
            {
                context.Fail("The provider gave no refresh token, or a subject that is no id of ours");
            }

            return Task.CompletedTask;
        },
        OnMessageReceived = async context =>
        {
            if (await FaultAsync(context, options) is { } fault)
            {
                context.Fail(fault);
            }
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

    private static ClientCredentials Credentials(HttpContext http) => http.RequestServices.GetRequiredService<ClientCredentials>();

    /// <summary>What the handler does not look at: how the answer came, and from whom it says it comes (RFC 9207).</summary>
    private static async Task<string?> FaultAsync(MessageReceivedContext context, GatewayOptions options)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || context.Request.Query.Any(parameter => parameter.Value.Count > 1))
        {
            return "The answer must come once, in the address";
        }

        if (context.ProtocolMessage.Parameters.TryGetValue("iss", out var issuer))
        {
            return issuer == options.Issuer ? null : "The answer names another issuer";
        }

        // A provider that promises to name itself always does; an answer without the name was meant for another one's mistake.
        var document = await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);
        return document.AuthorizationResponseIssParameterSupported ? "The answer names no issuer" : null;
    }
}
