namespace Gengdu.Identity.Protocol.Pages;

internal enum SignInNotice
{
    None,
    Refused,
    Busy,
    Expired,
}

/// <summary>Name and password; one text for every refusal, so that nobody learns which names exist.</summary>
internal sealed class SignInPage(string language, string ticket, string userName, SignInNotice notice, string tokenField, string token) : IPage
{
    private bool English => language == "en";

    public string Language => language;

    public string Title => English ? "Sign in" : "登录";

    public string Body => $"""
        <h1>{Title}</h1>
        {Notice()}
        <form method="post" action="/identity/sign-in?lang={language}">
        <input type="hidden" name="{Html.Encode(tokenField)}" value="{Html.Encode(token)}">
        <input type="hidden" name="ticket" value="{Html.Encode(ticket)}">
        <label for="userName">{(English ? "User name" : "登录名")}</label>
        <input id="userName" name="userName" value="{Html.Encode(userName)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required{(userName.Length == 0 ? " autofocus" : "")}>
        <label for="password">{(English ? "Password" : "密码")}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required{(userName.Length > 0 ? " autofocus" : "")}>
        <button type="submit">{Title}</button>
        </form>
        <p class="aside">{(English ? "Forgotten your password? Ask the administrator above you." : "忘记密码？请联系上级管理员。")}</p>
        <p class="aside"><a href="/identity/sign-in?lang={(English ? "zh" : "en")}&amp;ticket={Uri.EscapeDataString(ticket)}" hreflang="{(English ? "zh-CN" : "en")}" lang="{(English ? "zh-CN" : "en")}">{(English ? "中文" : "English")}</a></p>
        """;

    private string Notice()
    {
        var text = notice switch
        {
            SignInNotice.Refused => English
                ? "That did not work. Check user name and password; after several failed tries, wait five minutes."
                : "登录未成功。请核对登录名和密码；多次失败后请等待五分钟。",
            SignInNotice.Busy => English ? "Many people are signing in just now. Please try again in a few seconds." : "当前登录人数较多，请几秒后再试。",
            SignInNotice.Expired => English ? "This page was open for too long. Please sign in again." : "页面停留时间过长，请重新登录。",
            _ => null,
        };
        return text is null ? "" : $"""<p class="notice" role="alert">{Html.Encode(text)}</p>""";
    }
}
