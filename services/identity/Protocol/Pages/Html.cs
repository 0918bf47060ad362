using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Gengdu.Identity.Protocol.Pages;

/// <summary>The frame around each page, and the only way text gets into one.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);

    public static string Hidden(string name, string value) => $"""<input type="hidden" name="{Encode(name)}" value="{Encode(value)}">""";

    /// <summary>Says what went wrong, or what was done; nothing for null.</summary>
    public static string Notice(string? text, bool good = false) =>
        text is null ? "" : $"""<p class="notice{(good ? " good" : "")}" role="{(good ? "status" : "alert")}">{Encode(text)}</p>""";

    public static string Document(IPage page) => $"""
        <!DOCTYPE html>
        <html lang="{(page.Language == "en" ? "en" : "zh-CN")}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Encode(page.Title)} · {(page.Language == "en" ? "Gengdu" : "耕读")}</title>
        <link rel="stylesheet" href="/identity/assets/pages.css">
        </head>
        <body>
        <main{(page.IsWide ? " class=\"wide\"" : "")}>
        <p class="brand"><span aria-hidden="true">耕读</span> <small>{(page.Language == "en" ? "Labor education platform of Hebei" : "河北省劳动教育平台")}</small></p>
        {page.Body}
        </main>
        </body>
        </html>
        """;
}
