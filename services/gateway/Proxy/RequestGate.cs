using Gengdu.Audit;
using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// What a request must be before it goes in: of somebody signed in, with a token or, where the route says so, a key, a change provably from our own pages, and
/// the session's cookie replaced by a token for the one service.
/// </summary>
internal sealed partial class RequestGate(AccessTokens tokens, SessionCookie cookie, GatewayOptions options)
{
    /// <summary>What can be said without waiting for anything; before a place is taken.</summary>
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var metadata = context.GetReverseProxyFeature().Route.Config.Metadata;
        if (metadata?.GetValueOrDefault(OpenToEverybody.Metadata) is { } what)
        {
            OpenToEverybody.Set(context, what);
        }
        else if (metadata?.ContainsKey(ByKey.Metadata) is true)
        {
            ByKey.Set(context);
        }

        if (Refusal(context) is { } refused)
        {
            await RefuseAsync(context, refused);
            return;
        }

        await next(context);
    }

    public async Task OpenAsync(HttpContext context, RequestDelegate next)
    {
        var refused = ForPeople(context.Request) ? HideSession(context.Request)
            : OpenToEverybody.Is(context) ? HideCaller(context.Request)
            : ByKey.Is(context) ? HideCookies(context.Request)
            : context.Features.Get<Session>() is { } session ? await UseSessionAsync(context, session) : HideCookies(context.Request);
        if (refused is not null)
        {
            await RefuseAsync(context, refused);
            return;
        }

        await next(context);
    }

    // Stopped here, no service behind hears of it. A refusal stands even when it cannot be written down.
    private static async Task RefuseAsync(HttpContext context, Problem refused)
    {
        if (refused.Status is 401 or 403)
        {
            var act = AuditAct.By(ByKey.Is(context) ? null : context.Features.Get<Session>()?.PersonId, "request.denied", null, null,
                new { refused.Status, refused.Code, service = context.GetReverseProxyFeature().Route.Config.ClusterId });
            try
            {
                await context.RequestServices.GetRequiredService<AuditTrail>().WriteAsync(act with { Outcome = AuditOutcome.Denied });
            }
            catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
            {
                Log.NotWritten(context.RequestServices.GetRequiredService<ILogger<RequestGate>>(), refused.Code, fault.Message);
            }
        }

        await refused.ToHttpResult().ExecuteAsync(context);
    }

    private static Problem? Refusal(HttpContext context)
    {
        var request = context.Request;
        if (ForPeople(request) || OpenToEverybody.Is(context))
        {
            return null;
        }

        if (ByKey.Is(context))
        {
            return ByKey.Refusal(context);
        }

        if (context.Features.Get<Session>() is { } session)
        {
            return !ComesFromOurPages(request) ? GatewayProblems.RequestHeaderMissing : IsOf(session, request) ? null : GatewayProblems.AnotherPerson;
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

    // The cookie is the browser's: somebody else may have signed in in another tab, and this page's typing is not theirs.
    private static bool IsOf(Session session, HttpRequest request) =>
        !request.Headers.TryGetValue("X-Gengdu-Person", out var person) || (Guid.TryParse(person.ToString(), out var id) && id == session.PersonId);

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

    // What is open to everybody is answered alike to everybody: the service does not learn who asks.
    private static Problem? HideCaller(HttpRequest request)
    {
        request.Headers.Remove("Authorization");
        return HideCookies(request);
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

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The refusal {Refusal} could not be written down: {Reason}")]
        public static partial void NotWritten(ILogger logger, string refusal, string reason);
    }
}
