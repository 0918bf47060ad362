using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Gengdu.Gateway.Session;

/// <summary>Signing in and out, and the question "who am I" of the web app's first second.</summary>
internal static class SessionEndpoints
{
    public static void MapSession(this WebApplication app)
    {
        var session = app.MapGroup("/bff").WithTags("Session");
        session.MapGet("/sign-in", SignIn);
        session.MapPost("/sign-out", SignOutAsync);
        session.MapGet("/session", Show);
    }

    private static ChallengeHttpResult SignIn(string? returnUrl) => TypedResults.Challenge(
        new AuthenticationProperties { RedirectUri = LocalUrl.Or(returnUrl, "/") }, [SessionExtensions.Identity]);

    private static async Task<Results<Ok<SignOutResponse>, ProblemHttpResult>> SignOutAsync(
        HttpContext http, SessionStore sessions, AccessTokens tokens, IOptionsMonitor<OpenIdConnectOptions> options, CancellationToken cancellationToken)
    {
        if (!RequestGuard.HasHeader(http.Request))
        {
            return GatewayProblems.RequestHeaderMissing.ToHttpResult();
        }

        if (await CurrentSession.FindAsync(http, sessions) is { } session)
        {
            await tokens.RevokeAsync(session, cancellationToken);
            await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        }

        var oidc = options.Get(SessionExtensions.Identity);
        var home = $"{http.Request.Scheme}://{http.Request.Host}/";
        return TypedResults.Ok(new SignOutResponse($"{oidc.Authority!.TrimEnd('/')}/end-session?client_id={oidc.ClientId}&post_logout_redirect_uri={Uri.EscapeDataString(home)}"));
    }

    private static Ok<SessionResponse> Show(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var ticket = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket;
        return TypedResults.Ok(http.User.Identity?.IsAuthenticated == true
            ? new SessionResponse(true, http.User.Identity.Name, ticket?.Properties.ExpiresUtc)
            : new SessionResponse(false, null, null));
    }
}

/// <summary>Whether somebody is signed in.</summary>
internal sealed record SessionResponse(bool SignedIn, string? Name, DateTimeOffset? ExpiresAt);

/// <summary>Where the browser goes next, so that identity's own session ends too.</summary>
internal sealed record SignOutResponse(string RedirectTo);
