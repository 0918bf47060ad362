namespace Gengdu.Identity.Protocol.Pages;

/// <summary>The QR code, the same as text for who cannot scan it, and the first code.</summary>
internal sealed class SecondFactorSetupPage(Visit visit, string address, string secret, string sealedSecret, CodeNotice notice) : IPage
{
    public string Language => visit.Language;

    public string Title => T("设置两步验证", "Set up the second step");

    public string Body => $"""
        <h1>{Title}</h1>
        {Html.Notice(Notice())}
        <p>{T("登录时除密码外，还需手机验证器显示的动态码。审核人员和管理员必须设置。", "Besides your password, signing in takes a code that an app on your phone shows. Reviewers and administrators must have it.")}</p>
        <ol class="steps">
        <li>{T("在手机上打开验证器应用（任何支持 TOTP 的应用均可），选择添加帐号。", "Open an authenticator app on your phone (any that knows TOTP) and choose to add an account.")}</li>
        <li>{T("扫描此二维码：", "Scan this code:")}
        {QrDrawing.Svg(address, T("两步验证的二维码；无法扫描时请使用下方密钥", "QR code of the second step; if you cannot scan it, use the key below"))}
        <details><summary>{T("无法扫描？手工输入密钥", "Cannot scan? Type the key")}</summary><p><code class="key">{string.Join(' ', secret.Chunk(4).Select(part => new string(part)))}</code></p></details></li>
        <li>{T("输入应用显示的 6 位动态码：", "Type the six digits that the app shows:")}</li>
        </ol>
        <form method="post" action="/identity/second-factor/setup?lang={Language}">
        {visit.Hidden}
        {Html.Hidden("secret", sealedSecret)}
        <label for="code">{T("6 位动态码", "Six digits")}</label>
        <input id="code" name="code" class="code" autocomplete="one-time-code" inputmode="numeric" maxlength="12" required>
        <button type="submit">{T("完成设置", "Finish")}</button>
        </form>
        {visit.Switch("/identity/second-factor/setup")}
        """;

    private string? Notice() => notice switch
    {
        CodeNotice.Refused => T("动态码不正确。请确认手机时间准确，并输入最新的动态码。", "That code is not right. Check that your phone's clock is right and type the newest code."),
        CodeNotice.Expired => T("页面停留时间过长，请重新扫描。", "This page was open for too long. Please scan the new code."),
        _ => null,
    };

    private string T(string zh, string en) => Language == "en" ? en : zh;
}
