using Gengdu.Identity.People;
using Gengdu.ServiceDefaults;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>User name, the code from the desk, and the new password.</summary>
internal sealed class SetPasswordPage(Visit visit, string purpose, string userName, Text? notice) : IPage
{
    public static readonly Text Refused = new("登录名与代码不符，或代码已过期、已使用。代码 72 小时内有效，只能用一次；请核对，或向上级管理员重新领取。",
        "User name and code do not fit, or the code is too old or was used. Codes hold for 72 hours and work once; check it, or ask the administrator above you for a new one.");

    public static readonly Text Expired = new("页面停留时间过长，请再试一次。", "This page was open for too long. Please try again.");

    private bool Invited => purpose == OneTimeCodePurposes.Invitation;

    private string Path => Invited ? "/identity/invitation" : "/identity/reset";

    public string Language => visit.Language;

    public string Title => Invited ? T("使用邀请码", "Use your invitation") : T("重设密码", "Set a new password");

    public string Body => $"""
        <h1>{Title}</h1>
        {Html.Notice(notice?.In(Language))}
        <p>{(Invited ? T("请输入管理员交给您的登录名和邀请码，并设置自己的密码。", "Type the user name and the invitation code that your administrator gave you, and choose your password.")
            : T("请输入登录名和管理员交给您的重置码，并设置新密码。所有已登录的浏览器将退出。", "Type your user name and the code that your administrator gave you, and choose a new password. All your browsers will be signed out."))}</p>
        <form method="post" action="{Path}?lang={Language}">
        {visit.Hidden}
        <label for="userName">{T("登录名", "User name")}</label>
        <input id="userName" name="userName" value="{Html.Encode(userName)}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required>
        <label for="code">{(Invited ? T("邀请码", "Invitation code") : T("重置码", "Code"))}</label>
        <input id="code" name="code" class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" placeholder="XXXX-XXXX-XXXX" required>
        {NewPasswordFields.Html(Language)}
        <button type="submit">{T("设置密码", "Set password")}</button>
        </form>
        {visit.Switch(Path)}
        """;

    private string T(string zh, string en) => Language == "en" ? en : zh;
}

/// <summary>Done; signing in comes next.</summary>
internal sealed class PasswordSetPage(string language, string home) : IPage
{
    public string Language => language;

    public string Title => language == "en" ? "Your password is set" : "密码已设置";

    public string Body => language == "en"
        ? $"""<h1>{Title}</h1><p role="status">Sign in with it now.</p><p><a class="button" href="{Html.Encode(home)}/">Sign in</a></p>"""
        : $"""<h1>{Title}</h1><p role="status">请使用新密码登录。</p><p><a class="button" href="{Html.Encode(home)}/">去登录</a></p>""";
}
