using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Gengdu.ServiceDefaults;

/// <summary>Turns a <see cref="Problem"/> into application/problem+json in the caller's language.</summary>
public static class ProblemResults
{
    internal const string Key = "gengdu:problem";

    /// <summary>The response. Title and detail follow Accept-Language; "messages" always carries both languages.</summary>
    public static ProblemHttpResult ToHttpResult(this Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return TypedResults.Problem(new ProblemDetails
        {
            Status = problem.Status,
            Type = $"https://gengdu.example/problems/{problem.Code}",
            Extensions = { [Key] = problem },
        });
    }

    internal static void Customize(ProblemDetailsContext context)
    {
        var details = context.ProblemDetails;
        var http = context.HttpContext;
        var problem = details.Extensions.Remove(Key, out var found) ? (Problem)found! : GeneralProblems.ForStatus(details.Status ?? http.Response.StatusCode);
        var language = Language(http.Request);
        details.Status = problem.Status;
        details.Type = $"https://gengdu.example/problems/{problem.Code}";
        details.Title = problem.Title.In(language);
        details.Detail = problem.Detail.In(language);
        details.Instance = http.Request.Path;
        details.Extensions["code"] = problem.Code;
        details.Extensions["messages"] = problem.Detail;
        if (problem.Errors.Count > 0)
        {
            details.Extensions["errors"] = problem.Errors;
        }

        details.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        http.Response.Headers.ContentLanguage = language == "en" ? "en" : "zh-CN";
        http.Response.Headers.Vary = "Accept-Language";
        if (problem.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>"en" when the caller prefers English, else "zh".</summary>
    public static string Language(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var best = request.GetTypedHeaders().AcceptLanguage?.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?[..Math.Min(2, l.Value.Length)])
            .FirstOrDefault(l => l is "zh" or "en");
        return best ?? "zh";
    }
}

/// <summary>
/// Writes every problem as application/problem+json, whatever the caller accepts. The framework's own writer declines a caller
/// that asks for a page, and then the object goes out as it is inside, without code and languages.
/// </summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        ProblemResults.Customize(context);
        var http = context.HttpContext;
        return new(http.Response.WriteAsJsonAsync(context.ProblemDetails, context.ProblemDetails.GetType(), options: null, "application/problem+json", http.RequestAborted));
    }
}
