using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>Language of a page: what the person chose, else what the client asked for, else what the browser prefers.</summary>
internal static class PageLanguage
{
    public static string Of(HttpContext http, string? uiLocales)
    {
        var chosen = http.Request.Query["lang"].ToString();
        if (chosen is "zh" or "en")
        {
            return chosen;
        }

        return (uiLocales ?? "").Split(' ').Select(tag => tag.Split('-')[0]).FirstOrDefault(tag => tag is "zh" or "en") ?? ProblemResults.Language(http.Request);
    }
}
