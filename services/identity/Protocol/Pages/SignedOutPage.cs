namespace Gengdu.Identity.Protocol.Pages;

internal sealed class SignedOutPage(string language, string home) : IPage
{
    public string Language => language;

    public string Title => language == "en" ? "Signed out" : "已退出";

    public string Body => language == "en"
        ? $"""<h1>You are signed out</h1><p><a class="button" href="{Html.Encode(home)}/">To the start page</a></p>"""
        : $"""<h1>您已退出登录</h1><p><a class="button" href="{Html.Encode(home)}/">回到首页</a></p>""";
}

/// <summary>Asks before signing out when the request does not prove that it comes from the session's own client.</summary>
internal sealed class EndSessionPage(string language, string tokenField, string token) : IPage
{
    public string Language => language;

    public string Title => language == "en" ? "Sign out?" : "确认退出？";

    public string Body => $"""
        <h1>{(language == "en" ? "Do you want to sign out?" : "确定要退出登录吗？")}</h1>
        <form method="post" action="/identity/end-session?lang={language}">
        <input type="hidden" name="{Html.Encode(tokenField)}" value="{Html.Encode(token)}">
        <input type="hidden" name="confirmed" value="1">
        <button type="submit">{(language == "en" ? "Sign out" : "退出登录")}</button>
        </form>
        """;
}
