using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Gateway.Sessions;

/// <param name="SignedIn">Whether somebody is.</param>
/// <param name="Name">Who, as the header greets them.</param>
/// <param name="ExpiresAt">When it ends if nothing more is done.</param>
/// <param name="PersonId">Who, for pages to know their own.</param>
/// <param name="LimitAt">When it ends whatever is done; only signing in again goes beyond.</param>
internal sealed record SessionResponse(bool SignedIn, string? Name = null, DateTimeOffset? ExpiresAt = null, Guid? PersonId = null, DateTimeOffset? LimitAt = null);

internal sealed record SignOutResponse(string RedirectTo);

internal static partial class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        var group = app.MapGroup("/bff").WithTags("Session").AllowAnonymous();
        group.MapGet("/session", GetSession).WithName("GetSession");
        group.MapGet("/sign-in", SignInAsync).WithName("SignIn");
        group.MapPost("/sign-out", SignOutAsync).WithName("SignOut");
        group.MapPost("/backchannel-logout", BackchannelLogout.HandleAsync).WithName("BackchannelLogout");
        group.MapGet("/jwks", PublicKeys.GetAsync).WithName("GetClientKeys");
        group.Map("/{**rest}", () => GeneralProblems.NotFound.ToHttpResult()).ExcludeFromDescription();
    }

    private static Ok<SessionResponse> GetSession(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(http.Features.Get<Session>() is { } session ? new SessionResponse(true, session.Name, session.EndsAt, session.PersonId, session.LimitAt) : new SessionResponse(false));
    }

    /// <param name="returnUrl">A path of this site; anything else leads to the front page.</param>
    /// <param name="lang">"zh" or "en" for the sign-in page.</param>
    private static async Task<Results<RedirectHttpResult, EmptyHttpResult, ProblemHttpResult>> SignInAsync(
        HttpContext http, GatewayOptions options, Provider provider, ILoggerFactory logger, string? returnUrl = null, string? lang = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Features.Get<OriginalHost>()?.Value != options.PublicAddress.Authority)
        {
            // The cookies of sign-in must be set where its answer arrives.
            return TypedResults.Redirect(new Uri(options.PublicAddress, $"/bff/sign-in{http.Request.QueryString}").ToString());
        }

        var properties = new AuthenticationProperties { RedirectUri = ReturnUrl.Of(returnUrl) };
        properties.SetParameter(SignInOptions.Language, lang is "zh" ? "zh-CN" : lang is "en" ? "en" : null);
        try
        {
            await provider.DiscoverAsync(http.RequestAborted);
            await http.ChallengeAsync(SignInOptions.SchemeName, properties);
            return TypedResults.Empty;
        }
        catch (Exception fault) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            // Where it takes a pushed request, the provider is called here, and the framework's handler throws what it likes.
            Log.NotBegun(logger.CreateLogger(nameof(SessionEndpoints)), fault);
            http.Response.Headers.SetCookie = default;
            return GatewayProblems.UpstreamDown.ToHttpResult();
        }
    }

    private static async Task<Results<Ok<SignOutResponse>, ProblemHttpResult>> SignOutAsync(
        HttpContext http, GatewayOptions options, Provider provider, ProviderClient client, SessionTable table, SessionStore sessions)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Features.Get<Session>() is not { } session)
        {
            return TypedResults.Ok(new SignOutResponse("/"));
        }

        if (http.Request.Headers["X-Gengdu-Request"] != "1")
        {
            return GatewayProblems.RequestHeaderMissing.ToHttpResult();
        }

        // Ending wipes the tokens, and both are needed to say goodbye.
        var tokens = await table.ReadAsync(session.KeyHash, http.RequestAborted) is { } stored ? sessions.Unseal(stored) : null;
        await http.SignOutAsync(SessionAuthentication.SchemeName);
        if (tokens is null)
        {
            return TypedResults.Ok(new SignOutResponse("/"));
        }

        await client.RevokeAsync(tokens.RefreshToken);
        return TypedResults.Ok(new SignOutResponse(await EndAddressAsync(tokens.IdToken, options, provider, http.RequestAborted)));
    }

    private static async Task<string> EndAddressAsync(string idToken, GatewayOptions options, Provider provider, CancellationToken cancellationToken)
    {
        try
        {
            var document = await provider.DiscoverAsync(cancellationToken);
            return QueryHelpers.AddQueryString(document.EndSessionEndpoint, new Dictionary<string, string?>
            {
                ["id_token_hint"] = idToken,
                ["post_logout_redirect_uri"] = new Uri(options.PublicAddress, "/").ToString(),
            });
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            return "/";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Sign-in could not be begun")]
        public static partial void NotBegun(ILogger logger, Exception exception);
    }
}
