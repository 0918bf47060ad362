namespace Gengdu.Identity.Protocol.Pages;

/// <summary>Ten codes to keep on paper; they are never shown again.</summary>
internal sealed class RecoveryCodesPage(Visit visit, IReadOnlyList<string> codes) : IPage
{
    public string Language => visit.Language;

    public string Title => T("请保存恢复码", "Keep your recovery codes");

    public string Body => $"""
        <h1>{Title}</h1>
        <p>{T("手机不在身边或丢失时，可用恢复码代替动态码登录。每个只能用一次，此后不再显示。请打印或抄写，妥善保管，不要存放在本机。", "When your phone is lost or not at hand, one of these signs you in instead of a code. Each works once, and they are not shown again. Print or copy them and keep them safe, not on this machine.")}</p>
        <ol class="codes">
        {string.Concat(codes.Select(code => $"<li><code>{Html.Encode(code)}</code></li>"))}
        </ol>
        <form method="post" action="/identity/recovery-codes?lang={Language}">
        {visit.Hidden}
        <button type="submit">{T("我已保存，继续", "I have kept them, continue")}</button>
        </form>
        """;

    private string T(string zh, string en) => Language == "en" ? en : zh;
}
