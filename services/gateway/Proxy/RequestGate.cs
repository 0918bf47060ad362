using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// What a request must be before it goes in: of somebody signed in or with a token, a change provably from our own pages, and
/// the session's cookie replaced by a token for the one service.
/// </summary>
internal sealed class RequestGate(AccessTokens tokens, SessionCookie cookie, GatewayOptions options)
{
    /// <summary>What can be said without waiting for anything; before a place is taken.</summary>
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (Refusal(context) is { } refused)
        {
            await refused.ToHttpResult().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    public async Task OpenAsync(HttpContext context, RequestDelegate next)
    {
        var refused = ForPeople(context.Request) ? HideSession(context.Request)
            : context.Features.Get<Session>() is { } session ? await UseSessionAsync(context, session) : HideCookies(context.Request);
        if (refused is not null)
        {
            await refused.ToHttpResult().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static Problem? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (ForPeople(request))
        {
            return null;
        }

        if (context.Features.Get<Session>() is not null)
        {
            return ComesFromOurPages(request) ? null : GatewayProblems.RequestHeaderMissing;
        }

        var header = request.Headers.Authorization.ToString();
        return header.Length == 0 ? GeneralProblems.Unauthenticated : BearerRules.Check(header, context.RequestServices.GetRequiredService<GatewayOptions>().AudienceOf(context.GetReverseProxyFeature().Route.Config.ClusterId!));
    }

    // Identity's own pages know who asks by themselves.
    private static bool ForPeople(HttpRequest request) => !request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    // SameSite keeps foreign sites out; a neighbour under the same domain would pass it, but not these two.
    private static bool ComesFromOurPages(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers["X-Gengdu-Request"] == "1")
        && (request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" || request.Headers["Sec-Fetch-Mode"] == "navigate");

    private async ValueTask<Problem?> UseSessionAsync(HttpContext context, Session session)
    {
        var service = context.GetReverseProxyFeature().Route.Config.ClusterId!;
        var (state, token) = await tokens.ForAsync(session, options.AudienceOf(service), context.RequestAborted);
        if (state == TokenState.Ready)
        {
            context.Request.Headers.Remove("Cookie");
            context.Request.Headers.Authorization = $"Bearer {token}";
            return null;
        }

        if (state == TokenState.SessionOver)
        {
            cookie.Remove(context.Response);
            return GeneralProblems.Unauthenticated;
        }

        return GatewayProblems.UpstreamDown;
    }

    private static Problem? HideCookies(HttpRequest request)
    {
        request.Headers.Remove("Cookie");
        return null;
    }

    // Identity has cookies of its own under its path; ours is none of its business.
    private Problem? HideSession(HttpRequest request)
    {
        if (request.Cookies.ContainsKey(cookie.Name))
        {
            request.Headers.Cookie = string.Join("; ", request.Headers.Cookie.SelectMany(line => (line ?? "").Split(';', StringSplitOptions.TrimEntries))
                .Where(pair => !pair.StartsWith(cookie.Name + "=", StringComparison.Ordinal)));
        }

        return null;
    }
}
