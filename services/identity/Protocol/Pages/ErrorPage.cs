namespace Gengdu.Identity.Protocol.Pages;

/// <summary>For requests that must not lead anywhere: says so, and offers the front door.</summary>
internal sealed class ErrorPage(string language, string home) : IPage
{
    public string Language => language;

    public string Title => language == "en" ? "This link does not work" : "链接无法使用";

    public string Body => language == "en"
        ? $"""<h1>This link does not work</h1><p>It is incomplete, too old, or was changed. Nothing was sent anywhere.</p><p><a class="button" href="{Html.Encode(home)}/">Start again</a></p>"""
        : $"""<h1>链接无法使用</h1><p>它不完整、已过期或被改动过。没有发送任何内容。</p><p><a class="button" href="{Html.Encode(home)}/">重新开始</a></p>""";
}
