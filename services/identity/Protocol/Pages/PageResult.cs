namespace Gengdu.Identity.Protocol.Pages;

/// <summary>Sends a page that runs no script, loads nothing from elsewhere, is not framed and not kept.</summary>
internal sealed class PageResult(int status, IPage page, string client = "") : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentLanguage = page.Language == "en" ? "en" : "zh-CN";
        response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' {client}; base-uri 'none'; frame-ancestors 'none'".Replace(" ;", ";", StringComparison.Ordinal);
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync(Html.Document(page), httpContext.RequestAborted);
    }
}
