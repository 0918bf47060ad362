using System.Globalization;
using Gengdu.Identity.Protocol.Sessions;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>"My account": a section each for password, second factor and sessions.</summary>
internal sealed class AccountPage(Visit visit, AccountState state) : IPage
{
    public string Language => visit.Language;

    public bool IsWide => true;

    public string Title => T("帐号与安全", "Account and security");

    public string Body => $"""
        <h1>{Title}</h1>
        {Html.Notice(state.Notice?.In(Language), state.IsGood)}
        <p>{Html.Encode(state.DisplayName)} · <code>{Html.Encode(state.UserName)}</code></p>
        <section aria-labelledby="sessions"><h2 id="sessions">{T("我登录的浏览器", "Browsers I am signed in with")}</h2>{Sessions()}</section>
        <section aria-labelledby="factor"><h2 id="factor">{T("两步验证", "Second step")}</h2>{Factor()}</section>
        <section aria-labelledby="password-title"><h2 id="password-title">{T("修改密码", "Change password")}</h2>{Password()}</section>
        <p class="aside"><a href="{Html.Encode(state.Home)}/">{T("返回平台", "Back to the platform")}</a></p>
        {visit.Switch(Account.Path)}
        """;

    private string Sessions()
    {
        var rows = string.Concat(state.Sessions.Select(session => $"""
            <li><span>{Html.Encode(BrowserName.Of(session.Browser, T("未知浏览器", "Unknown browser")))}{(session.Id == state.ThisSession ? $""" <span class="mark">{T("当前浏览器", "this one")}</span>""" : "")}
            <small>{T("登录于", "since")} {Time(session.AuthenticatedAt)} · {T("最近使用", "last used")} {Time(session.LastUsedAt)}</small></span>
            {(session.Id == state.ThisSession ? "" : Form("sessions", $"""{Html.Hidden("session", session.Id)}<button type="submit" class="plain small">{T("退出", "Sign out")}<span class="unseen"> {Html.Encode(BrowserName.Of(session.Browser, ""))}, {Time(session.AuthenticatedAt)}</span></button>"""))}</li>
            """));
        var others = state.Sessions.Count > 1
            ? Form("sessions", $"""{Html.Hidden("others", "1")}<button type="submit" class="danger">{T("退出其他所有浏览器", "Sign all others out")}</button>""")
            : "";
        return $"""<ul class="sessions">{rows}</ul>{others}""";
    }

    private string Factor()
    {
        var text = state.HasFactor
            ? T($"已开启。剩余恢复码 {state.CodesLeft} 个。", $"It is on. {state.CodesLeft} recovery codes are left.")
            : T("未开启。开启后，登录时除密码外还需手机验证器的动态码。", "It is off. With it, signing in takes a code from your phone besides the password.");
        var buttons = state.HasFactor
            ? Act("codes", "plain", T("生成新的恢复码", "New recovery codes")) + Act("setup", "plain", T("换手机重新设置", "Set up on another phone")) + (state.NeedsFactor ? "" : Act("removal", "danger", T("移除", "Remove")))
            : Act("setup", "plain", T("开启两步验证", "Set up"));
        return $"""
            <p>{text}</p>
            {Form("second-factor", $"""<label for="factor-password">{T("当前密码", "Present password")}</label><input id="factor-password" name="password" type="password" autocomplete="current-password" maxlength="128" required><div class="pair">{buttons}</div>""")}
            """;
    }

    private string Password() => Form("password", $"""
        <input type="text" name="userName" value="{Html.Encode(state.UserName)}" autocomplete="username" readonly hidden>
        <label for="password">{T("当前密码", "Present password")}</label>
        <input id="password" name="password" type="password" autocomplete="current-password" maxlength="128" required>
        {NewPasswordFields.Html(Language)}
        <button type="submit">{T("修改密码", "Change password")}</button>
        """);

    private string Form(string act, string content) => $"""<form method="post" action="{Account.Path}/{act}?lang={Language}">{visit.Hidden}{content}</form>""";

    private static string Act(string act, string kind, string text) => $"""<button type="submit" name="act" value="{act}" class="{kind}">{text}</button>""";

    // Asia/Shanghai, as every time that people see.
    private static string Time(DateTimeOffset at) => $"""<time datetime="{at.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}Z">{at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</time>""";

    private string T(string zh, string en) => Language == "en" ? en : zh;
}
