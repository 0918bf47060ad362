using System.Globalization;
using System.Text;
using static Gengdu.Analytics.Exports.PrintedPage;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>The table as a page to print: forty columns fit no paper, so each group of headings is a table of its own with the units beside it.</summary>
internal static class SummaryPage
{
    private const string Style = $$"""
        @page { size: A4 landscape; margin: 14mm 12mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; color: #555; } }
        body { font: 8.5pt/1.45 {{Fonts}}; color: #18241d; margin: 0; } h1 { font-size: 16pt; text-align: center; margin: 0 0 2mm; } h2 { font-size: 11pt; margin: 0 0 1.5mm; }
        .lines { text-align: center; color: #45534a; margin: 0 0 1mm; } section { break-after: page; } section:last-of-type { break-after: auto; }
        table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; } tr { break-inside: avoid; }
        th, td { border: 0.2mm solid #9aa59d; padding: 0.7mm 1.2mm; text-align: right; font-variant-numeric: tabular-nums; } th { background: #eef3ee; font-weight: 500; text-align: center; }
        .name { text-align: left; white-space: nowrap; } .d0 td { font-weight: 700; background: #f6f7f3; } .d1 td { font-weight: 500; } .d2 .name { padding-left: 5mm; font-weight: 400; }
        .red { background: #fbe3df; } .amber { background: #fdf1d3; } .notes { margin: 3mm 0 0; color: #45534a; } .mark { color: #8a948d; font-size: 7.5pt; margin: 1mm 0 0; }
        """;

    public static string Write(SummaryTable table)
    {
        var html = new StringBuilder();
        var first = 0;
        foreach (var group in table.Groups)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section>{(first == 0 ? $"<h1>{Encode(table.Title)}</h1>" : "")}{string.Concat(table.Lines.Select(line => $"<p class=\"lines\">{Encode(line)}</p>"))}");
            Group(html, table, group, first);
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"notes\">{string.Join("<br>", table.Notes.Select(Encode))}</p><p class=\"mark\">{Encode(table.Watermark)}</p></section>");
            first += group.Columns.Count;
        }

        return Of(table.Language, table.Title, Style, html.ToString());
    }

    private static void Group(StringBuilder html, SummaryTable table, SummaryGroup group, int first)
    {
        html.Append(CultureInfo.InvariantCulture, $"<table><thead><tr><th rowspan=\"2\">{Encode(table.Headings.Number)}</th><th rowspan=\"2\">{Encode(table.Headings.Unit)}</th><th colspan=\"{group.Columns.Count}\">{Encode(group.Name)}</th></tr><tr>");
        foreach (var column in group.Columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{Encode(column.Name)}{(column.Unit.Length > 0 ? $"<br><small>{Encode(column.Unit)}</small>" : "")}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var (number, row) in table.Rows.Index())
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr class=\"d{row.Depth}\"><td>{(number == 0 ? "" : number)}</td><td class=\"name\">{Encode(row.Name)}</td>");
            foreach (var (offset, column) in group.Columns.Index())
            {
                var cell = row.Cells[first + offset];
                html.Append(CultureInfo.InvariantCulture, $"<td class=\"{cell.Light}\">{ExportWords.Number(cell.Value, column.Decimals)}{Mark(cell.Light)}</td>");
            }

            html.Append("</tr>");
        }

        html.Append("</tbody></table>");
    }

    private static string Mark(string light) => light switch { "red" => " ▼", "amber" => " △", _ => "" };
}
