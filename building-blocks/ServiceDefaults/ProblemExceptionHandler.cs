using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gengdu.ServiceDefaults;

/// <summary>Faults that reach the edge become problems; only unexpected ones are logged as errors.</summary>
internal sealed partial class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger, IServiceProvider services) : IExceptionHandler
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

    private Problem ToProblem(HttpContext http, Exception exception) => exception switch
    {
        BadHttpRequestException { StatusCode: 413 } => GeneralProblems.TooLarge(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize),
        BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
        BadHttpRequestException bad => GeneralProblems.BadRequest(bad.Message) with { Status = bad.StatusCode },
        JsonException json => FromJson(json),
        // What the form reader throws: no boundary, a charset there is not, a thousand fields, a NUL. The sender's fault, not ours.
        InvalidDataException or NotSupportedException when http.Request.HasFormContentType => GeneralProblems.BadRequest("表单内容无法读取 / the form in the body cannot be read"),
        DbUpdateConcurrencyException => GeneralProblems.Stale,
        _ when IsAway(exception) => GeneralProblems.Unavailable,
        // The change would be left without its entry in the audit: the change waits, not the audit.
        PostgresException missing when IsAuditAway(missing) => GeneralProblems.Unavailable,
        DbUpdateException { InnerException: PostgresException missing } when IsAuditAway(missing) => GeneralProblems.Unavailable,
        // A NUL, or half a surrogate pair: no text of ours has one, so whoever sends it asked for nothing that there is.
        PostgresException text when IsNoText(text) => GeneralProblems.BadRequest(Unreadable),
        DbUpdateException { InnerException: PostgresException text } when IsNoText(text) => GeneralProblems.BadRequest(Unreadable),
        _ => GeneralProblems.Unexpected,
    };

    /// <summary>
    /// The database, or what a request needs from it, is not there just now, however deep Entity Framework has wrapped that. Before
    /// the schema was usable once, whatever the database says is that.
    /// </summary>
    private bool IsAway(Exception exception)
    {
        for (var fault = exception; fault is not null; fault = fault.InnerException)
        {
            if (fault is TimeoutException or NpgsqlException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
                || (fault is PostgresException refused && IsDoor(refused)) || (fault is NpgsqlException && services.GetService<PostgresReadiness>() is { IsReady: false }))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It answers, and lets nobody in: no such database or role yet, a password that is being changed, shutting down.</summary>
    private static bool IsDoor(PostgresException fault) => fault.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.IdleSessionTimeout || fault.SqlState.StartsWith("28", StringComparison.Ordinal);

    private const string Unreadable = "文字中有无法存储的字符 / a character in a text cannot be stored";

    private static bool IsNoText(PostgresException fault) => fault.SqlState is PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter;

    private static bool IsAuditAway(PostgresException fault) => fault.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.DiskFull
        && fault.MessageText.Contains("audit_pending", StringComparison.Ordinal);

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
