using Gengdu.ServiceDefaults;

namespace Gengdu.Gateway;

/// <summary>Refusals that come from the gateway itself, not from a service behind it.</summary>
internal static class GatewayProblems
{
    public static readonly Problem UpstreamDown = new("GW-0001", 503,
        new("服务暂时不可用", "This part is not available just now"),
        new("请几秒后重试；已确认保存的内容不会丢失。若持续出现，请告知管理员。", "Try again in a few seconds; nothing that was confirmed is lost. If it goes on, tell the administrator."))
    { RetryAfter = TimeSpan.FromSeconds(2) };

    public static readonly Problem RequestHeaderMissing = new("GW-0002", 403,
        new("请求来源无法确认", "The request may not come from our pages"),
        new("修改类请求须带请求头 X-Gengdu-Request: 1。请在本平台页面中操作。", "Calls that change something need the header X-Gengdu-Request: 1. Use the platform's own pages."));

    public static readonly Problem TimedOut = new("GW-0003", 504,
        new("服务响应超时", "No answer in time"),
        new("操作可能已经完成：请先刷新查看，再决定是否重试。", "It may have been done all the same: refresh and look before you try again."));

    public static readonly Problem TooMany = new("GW-0004", 429,
        new("请求过于频繁", "Too many requests"),
        new("请稍候再试。", "Wait a moment and try again."))
    { RetryAfter = TimeSpan.FromSeconds(1) };

    public static readonly Problem Overloaded = new("GW-0005", 503,
        new("当前访问人数较多", "Many people are using the platform just now"),
        new("请几秒后重试。填报的保存与提交优先处理。", "Try again in a few seconds. Saving and submitting reports go first."))
    { RetryAfter = TimeSpan.FromSeconds(2) };

    public static readonly Problem MalformedToken = new("GW-0006", 401,
        new("访问令牌格式不正确", "The access token is malformed"),
        new("Authorization 请求头应为 Bearer 加访问令牌。", "The Authorization header must be Bearer and an access token."));

    public static readonly Problem WrongAudience = new("GW-0007", 401,
        new("访问令牌不适用于此服务", "The access token is for another service"),
        new("请为所访问的服务单独申请访问令牌（aud 须为该服务）。", "Ask for an access token for the service you call: its aud must be that service alone."));

    public static readonly Problem LogoutRefused = new("GW-0008", 400,
        new("退出通知无效", "The logout token is not accepted"),
        new("logout_token 必须由本平台的身份服务签发、未过期且未使用过。", "The logout_token must be signed by our identity provider for this client, fresh, and not used before."));

    public static readonly Problem AreaTooMany = new("GW-0009", 429,
        new("本县区的请求过于频繁", "Too many requests from your county"),
        new("本县区暂时用完了自己的份额，其他县区不受影响。请几秒后重试。", "Your county has used up its share for the moment; other counties are not affected. Try again in a few seconds."))
    { RetryAfter = TimeSpan.FromSeconds(1) };

    public static readonly Problem Ambiguous = new("GW-0010", 400,
        new("请求头含义不明确", "The request's headers are ambiguous"),
        new("请求头重复、互相矛盾或不被允许。请修正后重新发送。", "Headers are repeated, contradict one another or are not allowed. Correct them and send the request again."));

    public static readonly Problem BadAnswer = new("GW-0011", 502,
        new("服务的应答无法读取", "The service's answer could not be read"),
        new("操作可能已经完成：请先刷新查看，再决定是否重试。", "It may have been done all the same: refresh and look before you try again."));

    public static readonly Problem AnotherPerson = new("GW-0012", 409,
        new("此浏览器中登录的是另一位用户", "Another person is signed in in this browser"),
        new("此页面属于之前登录的人，本次请求没有执行。请由本人重新登录后继续；已填内容仍保存在本机。", "The page belongs to the person signed in before; nothing was done. That person has to sign in again to go on; what was typed is kept on this device."));

    public static readonly Problem KeyMissing = new("GW-0013", 401,
        new("数据接口需要密钥", "The data feed needs a key"),
        new("请选择“基本”（Basic）身份验证，填写“数据接口”页面给出的用户名和密钥。", "Choose basic authentication, with the user name and key that the page “Data feed” gave you."));

    public static readonly Problem TooManyWrongKeys = new("GW-0014", 429,
        new("错误的密钥过多", "Too many wrong keys"),
        new("此地址多次使用无效的数据接口密钥。请检查用户名和密钥，一分钟后再试。", "This address has used keys of the data feed that are not valid, too often. Check user name and key, and try again in a minute."))
    { RetryAfter = TimeSpan.FromMinutes(1) };
}
