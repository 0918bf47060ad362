using System.Globalization;
using System.Text;
using static Gengdu.Analytics.Exports.PrintedPage;

namespace Gengdu.Analytics.Exports.Bulletins;

/// <summary>The bulletin as a page to print, in the shape of an official paper: red head, number, rule, seal.</summary>
internal static class BulletinPage
{
    // More columns than this need smaller letters; no number is parted from its sign.
    private const int WideFrom = 7;

    private const string Style = $$"""
        @page { size: A4; margin: 24mm 24mm 22mm 26mm; @bottom-center { content: "— " counter(page) " —"; font-size: 10pt; } }
        body { font: 12pt/1.85 "Noto Serif CJK SC", "Source Han Serif SC", "FangSong", {{Fonts}}; color: #111; margin: 0; }
        .head { color: #c00; font: 700 24pt/1.3 {{Fonts}}; text-align: center; margin: 4mm 0 5mm; overflow-wrap: anywhere; } :lang(zh-CN) .head { letter-spacing: 1mm; }
        .number { text-align: center; margin: 0 0 2mm; } .rule { border: 0; border-top: 0.7mm solid #c00; margin: 0 0 8mm; }
        h1 { font: 700 18pt/1.4 {{Fonts}}; text-align: center; margin: 0 0 6mm; } h2 { font: 700 13pt/1.6 {{Fonts}}; margin: 4mm 0 1mm; break-after: avoid; }
        p { margin: 0 0 1.5mm; } :lang(zh-CN) .text { text-indent: 2em; text-align: justify; }
        table { border-collapse: collapse; width: 100%; font: 9.5pt/1.4 {{Fonts}}; margin: 1.5mm 0 3mm; } caption { font-weight: 500; padding: 0 0 1mm; break-after: avoid; }
        thead { display: table-header-group; } tr { break-inside: avoid; } th, td { border: 0.2mm solid #777; padding: 0.9mm 1.4mm; text-align: right; font-variant-numeric: tabular-nums; }
        th { background: #f3f3f1; font-weight: 500; text-align: center; } td { white-space: nowrap; } td:first-child { text-align: left; white-space: normal; word-break: keep-all; }
        .wide { font-size: 8pt; } .wide th, .wide td { padding: 0.8mm 0.9mm; } .wide th { overflow-wrap: break-word; } :lang(en) .wide th { font-size: 6.6pt; } h1, .head { text-wrap: balance; }
        .end { break-inside: avoid; margin: 10mm 6mm 0 0; display: flex; flex-direction: column; align-items: flex-end; text-align: right; } .seal { width: 36mm; height: 36mm; border: 0.5mm dashed #c00; border-radius: 50%; color: #c00; display: flex;
          align-items: center; justify-content: center; font-size: 10pt; margin: 0 8mm 2mm 0; } .notes { font: 8.5pt/1.5 {{Fonts}}; color: #444; margin: 8mm 0 0; border-top: 0.2mm solid #999; padding: 1.5mm 0 0; }
        """;

    public static string Write(Bulletin bulletin, ExportWords words)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <p class="head">{Encode(bulletin.Head)}</p><p class="number">{Encode(bulletin.Number)}</p><hr class="rule"><h1>{Encode(bulletin.Title)}</h1><p>{Encode(bulletin.To)}</p>
            """);
        foreach (var block in bulletin.Blocks)
        {
            html.Append(block switch
            {
                BulletinHeading heading => $"<h2>{Encode(heading.Text)}</h2>",
                BulletinParagraph paragraph => $"<p class=\"text\">{Encode(paragraph.Text)}</p>",
                BulletinTable table => Table(table),
                _ => "",
            });
        }

        html.Append(CultureInfo.InvariantCulture, $"""
            <div class="end"><span class="seal">{Encode(bulletin.Seal)}</span><span>{Encode(bulletin.Signer)}</span><span>{Encode(bulletin.Date)}</span></div>
            <div class="notes">{string.Join("<br>", bulletin.Notes.Append(bulletin.Watermark).Select(Encode))}</div>
            """);
        return Of(words.Language, bulletin.Title, Style, html.ToString());
    }

    private static string Table(BulletinTable table) =>
        $"<table{(table.Headings.Count > WideFrom ? " class=\"wide\"" : "")}><caption>{Encode(table.Caption)}</caption><thead><tr>{string.Concat(table.Headings.Select(heading => $"<th>{Encode(heading)}</th>"))}</tr></thead><tbody>"
        + string.Concat(table.Rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Encode(cell)}</td>"))}</tr>")) + "</tbody></table>";
}
