using System.Net;

namespace Gengdu.Analytics.Exports;

/// <summary>A page of ours that a browser prints: it loads nothing and runs nothing, whatever stands in it.</summary>
internal static class PrintedPage
{
    public const string Fonts = "\"Noto Sans CJK SC\", \"Source Han Sans SC\", \"WenQuanYi Zen Hei\", \"Noto Sans SC\", sans-serif";

    /// <param name="body">HTML; the title is text.</param>
    public static string Of(string language, string title, string style, string body) => $"""
        <!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{Encode(title)}</title><style>{style}</style></head><body>
        {body}
        </body></html>
        """;

    public static string Encode(string text) => WebUtility.HtmlEncode(text);
}
