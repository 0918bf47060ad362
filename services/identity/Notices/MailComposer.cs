using System.Globalization;
using System.Net;
using System.Text;
using MimeKit;

namespace Gengdu.Identity.Notices;

/// <summary>The mail itself: one notice, or a digest, as text and as HTML without pictures or scripts.</summary>
internal static class MailComposer
{
    private const int MostLines = 50;

    public static MimeMessage Compose(Outgoing outgoing, MailOptions options, string home)
    {
        var zh = outgoing.Language == "zh";
        var lines = outgoing.Deliveries.Select(delivery => (Words: NoticeTexts.Fill(delivery.Kind, delivery.Args, outgoing.Language), Address: home + delivery.Link)).ToList();
        var title = lines.Count == 1 ? lines[0].Words.Title : zh ? $"{lines.Count} 条通知：{lines[0].Words.Title} 等" : $"{lines.Count} notices: {lines[0].Words.Title} and more";
        var more = lines.Count - MostLines;
        var rest = more <= 0 ? "" : zh ? $"另有 {more} 条，请在“通知”页面查看：{home}/notices" : $"{more} more on the page of notices: {home}/notices";
        var foot = zh ? $"在此更改通知方式：{home}/notices/settings" : $"Change how you are told: {home}/notices/settings";

        var text = new StringBuilder();
        var html = new StringBuilder($"""<!doctype html><html lang="{(zh ? "zh-CN" : "en")}"><body style="font:16px/1.6 sans-serif;color:#18241d;max-width:40rem">""");
        foreach (var (words, address) in lines.Take(MostLines))
        {
            text.Append(words.Title).Append('\n').Append(words.Text).Append('\n').Append(address).Append("\n\n");
            html.Append(CultureInfo.InvariantCulture, $"""<p style="margin:0 0 1.25rem"><a href="{Encode(address)}" style="color:#23613c;font-weight:bold">{Encode(words.Title)}</a><br>{Encode(words.Text)}</p>""");
        }

        text.Append(rest.Length == 0 ? "" : rest + "\n\n").Append("-- \n").Append(foot).Append('\n');
        html.Append(rest.Length == 0 ? "" : $"<p>{Encode(rest)}</p>").Append(CultureInfo.InvariantCulture, $"""<p style="color:#626f67;font-size:13px">{Encode(foot)}</p></body></html>""");

        var message = new MimeMessage
        {
            Subject = title,
            MessageId = $"{outgoing.Id}@{new Uri(home).Host}",
            Body = new BodyBuilder { TextBody = text.ToString(), HtmlBody = html.ToString() }.ToMessageBody(),
        };
        message.From.Add(new MailboxAddress(options.FromName, options.From));
        message.To.Add(new MailboxAddress("", outgoing.To));
        // No machine answers it, and none of ours takes part in a war of out-of-office notes.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
