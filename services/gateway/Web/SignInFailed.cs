using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway.Web;

/// <summary>The only page of the gateway's own: sign-in came back and did not fit. Says nothing of what came.</summary>
internal static class SignInFailed
{
    public static Task WriteAsync(HttpContext context)
    {
        var english = ProblemResults.Language(context.Request) == "en";
        var (title, text, again) = english
            ? ("Sign-in was not completed", "It took too long, was started in another tab, or was cancelled.", "Sign in again")
            : ("登录未完成", "可能是停留时间过长、在其他标签页中重新登录，或已取消。", "重新登录");
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync($"""
            <!DOCTYPE html><html lang="{(english ? "en" : "zh-CN")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title><link rel="stylesheet" href="/identity/assets/pages.css"></head><body><main><h1>{title}</h1><p>{text}</p><p><a class="button" href="/bff/sign-in">{again}</a></p></main></body></html>
            """, context.RequestAborted);
    }
}
