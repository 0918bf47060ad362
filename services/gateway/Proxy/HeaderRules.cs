using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics;
using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Proxy;

/// <summary>
/// Headers that come from outside. What could be read in two ways is refused, because the service behind might read it the
/// other way; what only a proxy may say, or what speaks of this one connection, goes no further.
/// </summary>
internal static class HeaderRules
{
    private static readonly FrozenSet<string> NotFromOutside = FrozenSet.ToFrozenSet(
        ["Forwarded", "Via", "X-Original-For", "X-Original-Proto", "X-Original-Host", "X-Original-URL", "X-Rewrite-URL", "X-Real-IP", "X-Client-IP", "True-Client-IP", "X-Cluster-Client-IP", "X-HTTP-Method-Override",
            "X-HTTP-Method", "X-Method-Override", "Proxy", "Proxy-Connection", "Proxy-Authorization", "Upgrade", "HTTP2-Settings", "TE", "Trailer", "Keep-Alive", "Baggage"],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OnlyOnce = FrozenSet.ToFrozenSet(
        ["Authorization", "Content-Type", "If-Match", "Idempotency-Key", "X-Gengdu-Request", "Range", "Origin", "Sec-Fetch-Site"], StringComparer.OrdinalIgnoreCase);

    // To name one of these in Connection would make a proxy drop what the service decides by.
    private static readonly FrozenSet<string> Essential = FrozenSet.ToFrozenSet(
        ["Host", "Cookie", "Authorization", "Content-Length", "Content-Type", "If-Match", "Idempotency-Key", "X-Gengdu-Request", "X-Forwarded-For", "X-Forwarded-Proto"], StringComparer.OrdinalIgnoreCase);

    // RFC 9110, token; HTTP/2 has a few names of its own with a colon before, which never get here.
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Method is "TRACE" or "TRACK" or "CONNECT")
        {
            await GeneralProblems.ForStatus(StatusCodes.Status405MethodNotAllowed).ToHttpResult().ExecuteAsync(context);
            return;
        }

        if (IsAmbiguous(context.Request.Headers))
        {
            // What follows on this connection may be part of the same trick.
            context.Response.Headers.Connection = "close";
            await GatewayProblems.Ambiguous.ToHttpResult().ExecuteAsync(context);
            return;
        }

        Clean(context.Request.Headers);
        await next(context);
    }

    private static bool IsAmbiguous(IHeaderDictionary headers)
    {
        // Kestrel refuses most of these itself; where both lengths come, it believes "chunked" and renames the other header.
        if (headers.TransferEncoding.Count > 0 && (headers.TransferEncoding != "chunked" || headers.ContainsKey("X-Content-Length") || headers.ContentLength is not null))
        {
            return true;
        }

        foreach (var (name, values) in headers)
        {
            if ((values.Count > 1 && OnlyOnce.Contains(name)) || name.AsSpan().ContainsAnyExcept(NameCharacters))
            {
                return true;
            }
        }

        return Nominated(headers).Any(Essential.Contains);
    }

    private static void Clean(IHeaderDictionary headers)
    {
        List<string>? unwanted = null;
        foreach (var (name, _) in headers)
        {
            if (NotFromOutside.Contains(name) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || name.Contains('_', StringComparison.Ordinal))
            {
                (unwanted ??= []).Add(name);
            }
        }

        // The framework has read it already, and would pass it on with the trace.
        foreach (var (key, _) in Activity.Current?.Baggage.ToArray() ?? [])
        {
            Activity.Current!.SetBaggage(key, null);
        }

        foreach (var name in Nominated(headers).Concat(unwanted ?? []).ToArray())
        {
            headers.Remove(name);
        }
    }

    private static IEnumerable<string> Nominated(IHeaderDictionary headers) => headers.Connection.Count == 0 ? [] : headers.Connection
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .Where(name => !name.Equals("close", StringComparison.OrdinalIgnoreCase) && !name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase));
}
