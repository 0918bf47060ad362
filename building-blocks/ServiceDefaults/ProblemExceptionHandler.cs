using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>Faults that reach the edge become problems; only unexpected ones are logged as errors.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = ToProblem(httpContext, exception);
        if (problem.Status >= 500)
        {
            Log.RequestFailed(logger, exception, problem.Code, httpContext.Request.Method, httpContext.Request.Path);
        }

        await problem.ToHttpResult().ExecuteAsync(httpContext);
        return true;
    }

    private static Problem ToProblem(HttpContext http, Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: 413 } => GeneralProblems.TooLarge(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize),
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException bad => GeneralProblems.BadRequest(bad.Message) with { Status = bad.StatusCode },
        JsonException json => FromJson(json),
        // What the form reader throws: no boundary, a charset there is not, a thousand fields, a NUL. The sender's fault, not ours.
        InvalidDataException or NotSupportedException when http.Request.HasFormContentType => GeneralProblems.BadRequest("表单内容无法读取 / the form in the body cannot be read"),
        DbUpdateConcurrencyException => GeneralProblems.Stale,
        NpgsqlException { IsTransient: true } or DbUpdateException { InnerException: NpgsqlException { IsTransient: true } }
            or InvalidOperationException { InnerException: NpgsqlException { IsTransient: true } } => GeneralProblems.Unavailable,
        PostgresException { SqlState: "57014" } or TimeoutException => GeneralProblems.Unavailable,
        _ => GeneralProblems.Unexpected,
    };

    // System.Text.Json has no own exception type for an unmapped member; its message is the only mark.
    private static Problem FromJson(JsonException json) => json.Message.Contains("could not be mapped", StringComparison.Ordinal)
        ? GeneralProblems.UnknownMember(UnmappedMember(json), json.LineNumber)
        : GeneralProblems.MalformedJson(json.LineNumber, json.Path);

    private static string UnmappedMember(JsonException json)
    {
        var parts = json.Message.Split('\'');
        return parts.Length > 1 ? $"{json.Path?.TrimEnd('.')}" is { Length: > 0 } path && path.EndsWith(parts[1], StringComparison.Ordinal) ? path : $"{json.Path}.{parts[1]}" : json.Path ?? "$";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Request {Method} {Path} failed with {Code}")]
        public static partial void RequestFailed(ILogger logger, Exception exception, string code, string method, string path);
    }
}
