using Gengdu.ServiceDefaults;
using Microsoft.OData;

namespace Gengdu.Analytics.Feed;

/// <summary>A refusal as clients of OData read it: code, message in the caller's language, the option it is about, and both languages as details.</summary>
internal sealed class FeedError(Problem problem, string? target = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var language = ProblemResults.Language(httpContext.Request);
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        response.Headers.ContentLanguage = language == "en" ? "en" : "zh-CN";
        if (problem.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await using var writer = FeedMessage.Writer(httpContext);
        await writer.WriteErrorAsync(new()
        {
            Code = problem.Code, Message = Said(problem, language), Target = target,
            Details = [new() { Code = "zh-CN", Message = Said(problem, "zh") }, new() { Code = "en", Message = Said(problem, "en") }],
        }, includeDebugInformation: false);
    }

    private static string Said(Problem problem, string language) => $"{problem.Title.In(language)}{(language == "en" ? ". " : "。")}{problem.Detail.In(language)}";
}
