namespace Gengdu.Identity.Protocol.Pages;

internal enum CodeNotice
{
    None,
    Refused,
    Expired,
}

/// <summary>Six digits from the app, or a recovery code in the same field.</summary>
internal sealed class SecondFactorPage(Visit visit, CodeNotice notice) : IPage
{
    private readonly bool _recovery = visit.Http.Request.Query["with"] == "recovery";

    public string Language => visit.Language;

    public string Title => T("两步验证", "Second step");

    public string Body => $"""
        <h1>{Title}</h1>
        {Html.Notice(Notice())}
        <form method="post" action="/identity/second-factor?lang={Language}{(_recovery ? "&amp;with=recovery" : "")}">
        {visit.Hidden}
        {(_recovery ? Recovery() : App())}
        <button type="submit">{T("继续", "Continue")}</button>
        </form>
        <p class="aside"><a href="{Html.Encode(visit.To("/identity/second-factor") + (_recovery ? "" : "&with=recovery"))}">{(_recovery ? T("改用验证器动态码", "Use the authenticator app instead") : T("手机不在身边？使用恢复码", "No phone at hand? Use a recovery code"))}</a></p>
        <p class="aside">{T("动态码和恢复码都没有？请联系上级管理员。", "Neither phone nor recovery codes? Ask the administrator above you.")}</p>
        {visit.Switch("/identity/second-factor")}
        """;

    private string App() => $"""
        <label for="code">{T("验证器中的 6 位动态码", "Six digits from your authenticator app")}</label>
        <input id="code" name="code" class="code" autocomplete="one-time-code" inputmode="numeric" maxlength="12" required autofocus>
        """;

    private string Recovery() => $"""
        <label for="code">{T("恢复码（每个只能用一次）", "Recovery code (each works once)")}</label>
        <input id="code" name="code" class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required autofocus>
        """;

    private string? Notice() => notice switch
    {
        CodeNotice.Refused => T("验证未成功。动态码每 30 秒更换且只能用一次；多次失败后请等待十五分钟。", "That did not work. Codes change every 30 seconds and work once; after several failed tries, wait fifteen minutes."),
        CodeNotice.Expired => T("页面停留时间过长，请再试一次。", "This page was open for too long. Please try again."),
        _ => null,
    };

    private string T(string zh, string en) => Language == "en" ? en : zh;
}
