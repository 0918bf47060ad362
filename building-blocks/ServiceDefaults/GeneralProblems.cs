namespace Gengdu.ServiceDefaults;

/// <summary>Refusals that every service can give.</summary>
public static class GeneralProblems
{
    /// <summary>GEN-0001: the body is not JSON.</summary>
    public static Problem MalformedJson(long? line, string? path) => new("GEN-0001", 400,
        new("请求内容不是有效的 JSON", "The request body is not valid JSON"),
        new($"第 {(line ?? 0) + 1} 行附近无法读取（{path ?? "$"}）。请检查格式后重新提交。", $"It could not be read near line {(line ?? 0) + 1} ({path ?? "$"}). Check the format and send it again."))
    { Errors = [new(path, "json", new("此处不是有效的 JSON 或类型不符", "Not valid JSON here, or the wrong type")) { Line = (int)(line ?? 0) + 1 }] };

    /// <summary>GEN-0002: a member the service does not know.</summary>
    public static Problem UnknownMember(string? path, long? line) => new("GEN-0002", 400,
        new("请求中有未知的字段", "The request has an unknown member"),
        new($"字段 {path} 不被接受。请删除它，或核对接口文档中的名称。", $"Member {path} is not accepted. Remove it, or check its name in the API document."))
    { Errors = [new(path, "unknown-member", new("未知字段", "Unknown member")) { Line = (int)(line ?? 0) + 1 }] };

    /// <summary>GEN-0003: the body is larger than this endpoint takes.</summary>
    public static Problem TooLarge(long? limit) => new("GEN-0003", 413,
        new("请求内容过大", "The request is too large"),
        new($"最多 {limit ?? 0:N0} 字节。请缩短文字或分批提交。", $"At most {limit ?? 0:N0} bytes. Shorten the text or send it in parts."));

    /// <summary>GEN-0004: no valid sign-in.</summary>
    public static readonly Problem Unauthenticated = new("GEN-0004", 401,
        new("请先登录", "Please sign in"),
        new("登录已失效或尚未登录。请重新登录，已填写的内容会保留。", "You are not signed in, or your sign-in has expired. Sign in again; what you typed is kept."));

    /// <summary>GEN-0005: inside the caller's subtree, but without the right.</summary>
    public static readonly Problem Forbidden = new("GEN-0005", 403,
        new("没有此项权限", "You do not have this right"),
        new("您的角色不能执行此操作。如确有需要，请联系上级管理员。", "Your role does not permit this. If you need it, ask the administrator above you."));

    /// <summary>GEN-0006: does not exist, or lies outside the caller's subtree.</summary>
    public static readonly Problem NotFound = new("GEN-0006", 404,
        new("找不到所请求的内容", "Not found"),
        new("它不存在，或不在（或已不在）您的管辖范围内。请核对地址，或返回列表刷新。", "It does not exist, or is not (or no longer) in your area. Check the address, or go back to the list and refresh it."));

    /// <summary>GEN-0007: If-Match names an older version.</summary>
    public static readonly Problem Stale = new("GEN-0007", 412,
        new("内容已被他人修改", "It was changed meanwhile"),
        new("您看到的不是最新版本。请刷新后再改，您的输入会保留。", "You were looking at an older version. Refresh and apply your change again; your input is kept."));

    /// <summary>GEN-0008: If-Match is missing.</summary>
    public static readonly Problem VersionRequired = new("GEN-0008", 428,
        new("缺少版本号", "The version is missing"),
        new("修改时请带上 If-Match 请求头，其值为读取时得到的 ETag。", "Send an If-Match header with the ETag you read."));

    /// <summary>GEN-0009: database or another part is not reachable just now.</summary>
    public static readonly Problem Unavailable = new("GEN-0009", 503,
        new("服务暂时不可用", "Temporarily unavailable"),
        new("请稍后重试，已确认保存的内容不会丢失。", "Try again shortly; nothing that was confirmed is lost."))
    { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>GEN-0010: a value in the address or a header cannot be read.</summary>
    public static Problem BadRequest(string what) => new("GEN-0010", 400,
        new("请求有误", "Bad request"),
        new($"无法理解请求：{what}。请核对后重试。", $"The request could not be understood: {what}. Check it and try again."));

    /// <summary>GEN-0011: the request is well formed, but values in it are not acceptable.</summary>
    public static Problem Invalid(params IReadOnlyList<FieldError> errors) => new("GEN-0011", 422,
        new("内容未通过检查", "Some values are not acceptable"),
        new($"有 {errors.Count} 处需要修改，详见各处说明。", $"{errors.Count} place(s) need a change; see each one."))
    { Errors = errors };

    /// <summary>GEN-0012: it took longer than anybody waits.</summary>
    public static readonly Problem TimedOut = new("GEN-0012", 504,
        new("处理超时", "It took too long"),
        new("操作可能已经完成：请先刷新查看，再决定是否重试。", "It may have been done all the same: refresh and look before you try again."));

    /// <summary>GEN-0500: our fault.</summary>
    public static readonly Problem Unexpected = new("GEN-0500", 500,
        new("系统出错", "Something went wrong on our side"),
        new("错误已记录。请稍后重试；若仍出现，请把追踪号告诉管理员。", "It has been recorded. Try again; if it persists, give the trace id to the administrator."));

    /// <summary>The general problem for a bare status code.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        401 => Unauthenticated,
        403 => Forbidden,
        404 => NotFound,
        405 => BadRequest("此地址不支持该方法 / method not allowed here") with { Status = 405 },
        412 => Stale,
        413 => TooLarge(null),
        415 => BadRequest("内容类型不受支持 / unsupported content type") with { Status = 415 },
        428 => VersionRequired,
        503 => Unavailable,
        504 => TimedOut,
        >= 500 => Unexpected,
        _ => BadRequest(status.ToString(System.Globalization.CultureInfo.InvariantCulture)) with { Status = status },
    };
}
