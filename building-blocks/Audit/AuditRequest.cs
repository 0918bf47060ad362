using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gengdu.Audit;

/// <summary>Around each request: says where acts come from, and writes down what was denied before the denial leaves.</summary>
internal sealed partial class AuditRequest(RequestDelegate next, AuditWriter writer, TimeProvider clock, ILogger<AuditRequest> logger)
{
    public Task InvokeAsync(HttpContext http)
    {
        AuditOrigin.Enter(http);
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            http.Response.OnStarting(() => http.Response.StatusCode is 401 or 403 or 404 ? DeniedAsync(http) : Task.CompletedTask);
        }

        return next(http);
    }

    public static Guid? PersonOf(HttpContext? http) =>
        http?.User is { } user && Guid.TryParse(user.FindFirst("sub")?.Value, out var person) && user.FindFirst("client_id")?.Value != user.FindFirst("sub")?.Value ? person : null;

    private async Task DeniedAsync(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var act = AuditAct.By(PersonOf(http), "request.denied", IdOf(http), PlaceOf(http), new { status, method = MethodOf(http), route }) with
        {
            Outcome = AuditOutcome.Denied,
        };
        try
        {
            await writer.WriteAsync(AuditPending.For(act, clock.GetUtcNow()), CancellationToken.None);
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
        {
            // Refused it stays, but nobody is to probe unseen: the answer no longer says which refusal it was.
            Log.NotWritten(logger, fault);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "2";
        }
    }

    /// <summary>Only what the route takes as an id; anything else of the address is the caller's free text.</summary>
    private static string? IdOf(HttpContext http)
    {
        foreach (var (_, value) in http.Request.RouteValues)
        {
            if (Guid.TryParse(value as string, out var id))
            {
                return id.ToString();
            }
        }

        return null;
    }

    // The thing asked for may lie anywhere or not exist: the denial concerns those who answer for the caller.
    private static string? PlaceOf(HttpContext http) => http.RequestServices.GetService<CurrentCaller>()?.Known?.PlaceOf([]);

    private static string MethodOf(HttpContext http) => http.Request.Method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? http.Request.Method : "other";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A denial could not be written down; it is answered with 503")]
        public static partial void NotWritten(ILogger logger, Exception fault);
    }
}
