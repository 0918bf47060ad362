using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Gengdu.Gateway.Sessions;

internal sealed record SessionResponse(bool SignedIn, string? Name = null, DateTimeOffset? ExpiresAt = null);

internal sealed record SignOutResponse(string RedirectTo);

internal static class SessionEndpoints
{
    public static void MapSessions(this WebApplication app)
    {
        var group = app.MapGroup("/bff").WithTags("Session").AllowAnonymous();
        group.MapGet("/session", GetSession).WithName("GetSession");
        group.MapGet("/sign-in", SignInAsync).WithName("SignIn");
        group.MapPost("/sign-out", SignOutAsync).WithName("SignOut");
        group.Map("/{**rest}", () => GeneralProblems.NotFound.ToHttpResult()).ExcludeFromDescription();
    }

    private static Ok<SessionResponse> GetSession(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(http.Features.Get<Session>() is { } session ? new SessionResponse(true, session.Name, session.ExpiresAt) : new SessionResponse(false));
    }

    /// <param name="returnUrl">A path of this site; anything else leads to the front page.</param>
    /// <param name="lang">"zh" or "en" for the sign-in page.</param>
    private static async Task<Results<RedirectHttpResult, ChallengeHttpResult, ProblemHttpResult>> SignInAsync(
        HttpContext http, GatewayOptions options, Provider provider, string? returnUrl = null, string? lang = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (http.Features.Get<OriginalHost>()?.Value != options.PublicAddress.Authority)
        {
            // The cookies of sign-in must be set where its answer arrives.
            return TypedResults.Redirect(new Uri(options.PublicAddress, $"/bff/sign-in{http.Request.QueryString}").ToString());
        }

        try
        {
            await provider.DiscoverAsync(http.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            return GatewayProblems.UpstreamDown.ToHttpResult();
        }

        var properties = new AuthenticationProperties { RedirectUri = ReturnUrl.Of(returnUrl) };
        properties.SetParameter(SignInOptions.Language, lang is "zh" ? "zh-CN" : lang is "en" ? "en" : null);
        return TypedResults.Challenge(properties, [SignInOptions.SchemeName]);
    }

    private static async Task<Results<Ok<SignOutResponse>, ProblemHttpResult>> SignOutAsync(HttpContext http, GatewayOptions options, Provider provider, AccessTokens tokens)
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

        await http.SignOutAsync(SessionAuthentication.SchemeName);
        await tokens.RevokeAsync(session);
        return TypedResults.Ok(new SignOutResponse(await EndAddressAsync(session, options, provider, http.RequestAborted)));
    }

    private static async Task<string> EndAddressAsync(Session session, GatewayOptions options, Provider provider, CancellationToken cancellationToken)
    {
        try
        {
            var document = await provider.DiscoverAsync(cancellationToken);
            return QueryHelpers.AddQueryString(document.EndSessionEndpoint, new Dictionary<string, string?>
            {
                ["id_token_hint"] = session.Tokens.IdToken,
                ["post_logout_redirect_uri"] = new Uri(options.PublicAddress, "/").ToString(),
            });
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException or IOException)
        {
            return "/";
        }
    }
}
