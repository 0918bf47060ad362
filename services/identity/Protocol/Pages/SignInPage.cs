namespace Gengdu.Identity.Protocol.Pages;

internal enum SignInNotice
{
    None,
    Refused,
    Busy,
    Expired,
}

/// <summary>Name and password; one text for every refusal, so that nobody learns which names exist.</summary>
internal sealed class SignInPage(Visit visit, string userName, SignInNotice notice) : IPage
{
    public string Language => visit.Language;

    public string Title => T("登录", "Sign in");

    public string Body => $"""
        <h1>{Title}</h1>
        {Html.Notice(Notice())}
        <form method="post" action="/identity/sign-in?lang={Language}">
        {visit.Hidden}
        <label for="userName">{T("登录名", "User name")}</label>
        <input id="userName" name="userName" value="{Html.Encode(userName)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required{(userName.Length == 0 ? " autofocus" : "")}>
        <label for="password">{T("密码", "Password")}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required{(userName.Length > 0 ? " autofocus" : "")}>
        <button type="submit">{Title}</button>
        </form>
        <p class="aside">{T("忘记密码？请联系上级管理员领取重置码，然后", "Forgotten your password? Ask the administrator above you for a code, then ")}<a href="/identity/reset?lang={Language}">{T("重设密码", "set a new one")}</a>{T("。", ".")}</p>
        <p class="aside">{T("第一次登录？", "First time here? ")}<a href="/identity/invitation?lang={Language}">{T("使用邀请码", "Use your invitation")}</a></p>
        <p class="aside">{T("不需要登录：", "No account needed: ")}<a href="/open">{T("已公布的数据", "published figures")}</a></p>
        {visit.Switch("/identity/sign-in")}
        """;

    private string? Notice() => notice switch
    {
        SignInNotice.Refused => T("登录未成功。请核对登录名和密码；多次失败后请等待五分钟。", "That did not work. Check user name and password; after several failed tries, wait five minutes."),
        SignInNotice.Busy => T("当前登录人数较多，请几秒后再试。", "Many people are signing in just now. Please try again in a few seconds."),
        SignInNotice.Expired => T("页面停留时间过长，请重新登录。", "This page was open for too long. Please sign in again."),
        _ => null,
    };

    private string T(string zh, string en) => Language == "en" ? en : zh;
}
