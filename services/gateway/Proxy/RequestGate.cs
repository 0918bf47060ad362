using Gengdu.Gateway.Sessions;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// What a request must be before it goes in: no forwarding headers of the caller's making; the session's cookie replaced by
/// a token for the one service; proof that a changing call comes from our own pages.
/// </summary>
internal sealed class RequestGate(AccessTokens tokens, SessionCookie cookie)
{
    private static readonly string[] NotFromOutside =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-Real-IP", "X-HTTP-Method-Override"];

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        foreach (var header in NotFromOutside)
        {
            context.Request.Headers.Remove(header);
        }

        var refused = context.Request.Path.StartsWithSegments("/identity", StringComparison.Ordinal)
            ? HideSession(context.Request)
            : context.Features.Get<Session>() is { } session ? await UseSessionAsync(context, session) : CheckBearer(context.Request);
        if (refused is not null)
        {
            await refused.ToHttpResult().ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private async ValueTask<Problem?> UseSessionAsync(HttpContext context, Session session)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && request.Headers["X-Gengdu-Request"] != "1")
        {
            return GatewayProblems.RequestHeaderMissing;
        }

        var service = context.GetReverseProxyFeature().Route.Config.ClusterId!;
        var (state, token) = await tokens.ForAsync(session, service, context.RequestAborted);
        if (state == TokenState.Ready)
        {
            request.Headers.Remove("Cookie");
            request.Headers.Authorization = $"Bearer {token}";
            return null;
        }

        if (state == TokenState.SessionOver)
        {
            cookie.Remove(context.Response);
            return GeneralProblems.Unauthenticated;
        }

        return GatewayProblems.UpstreamDown;
    }

    private static Problem? CheckBearer(HttpRequest request)
    {
        request.Headers.Remove("Cookie");
        var header = request.Headers.Authorization.ToString();
        return header.Length == 0 || IsBearer(header) ? null : GatewayProblems.MalformedToken;
    }

    /// <summary>Three parts of base64url, the last not empty. Whether it is a good token, the service says.</summary>
    private static bool IsBearer(string header) =>
        header.Length < 8000 && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header[7..].Split('.') is { Length: 3 } parts
        && parts.All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));

    // Identity has cookies of its own under its path; ours is none of its business.
    private Problem? HideSession(HttpRequest request)
    {
        if (request.Cookies.ContainsKey(cookie.Name))
        {
            request.Headers.Cookie = string.Join("; ", request.Headers.Cookie.ToString().Split("; ").Where(pair => !pair.StartsWith(cookie.Name + "=", StringComparison.Ordinal)));
        }

        return null;
    }
}
