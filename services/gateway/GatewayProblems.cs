using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway;

/// <summary>What the gateway itself refuses.</summary>
internal static class GatewayProblems
{
    /// <summary>GW-0001: the service behind the route does not answer.</summary>
    public static Problem UpstreamAway(string service) => new("GW-0001", 503,
        new("后台服务暂时没有响应", "The service behind this page does not answer"),
        new($"{service} 服务暂时不可用。已确认保存的内容不会丢失，请稍候重试。", $"The {service} service is not available just now. Nothing that was confirmed is lost; try again shortly."))
    { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>GW-0002: a call with the session cookie that changes something lacks the header a foreign page cannot set.</summary>
    public static readonly Problem RequestHeaderMissing = new("GW-0002", 403,
        new("请求缺少防伪标记", "The request lacks its guard header"),
        new("请从本平台的页面操作，或在请求中加上 X-Gengdu-Request: 1。", "Use the platform's own pages, or send the header X-Gengdu-Request: 1."));

    /// <summary>GW-0003: too many requests at once.</summary>
    public static Problem Busy(TimeSpan wait) => new("GW-0003", 503,
        new("系统繁忙，正在排队", "Busy just now"),
        new("同时使用的人较多，请稍候自动重试，已填写的内容会保留。", "Many people are using the platform at this moment. Try again shortly; what you typed is kept."))
    { RetryAfter = wait };

    /// <summary>GW-0004: one session sends more than a person can.</summary>
    public static Problem TooFast(TimeSpan wait) => new("GW-0004", 429,
        new("操作过于频繁", "Too many requests"),
        new("请稍候再试。", "Wait a moment and try again."))
    { RetryAfter = wait };

    /// <summary>GW-0005: signing in did not come to an end.</summary>
    public static readonly Problem SignInFailed = new("GW-0005", 400,
        new("登录未完成", "Signing in was not completed"),
        new("登录链接已过期或被取消。请返回首页重新登录。", "The sign-in has expired or was cancelled. Go back to the first page and sign in again."));
}
