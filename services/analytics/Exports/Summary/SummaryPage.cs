using System.Globalization;
using System.Text;
using static Gengdu.Analytics.Exports.PrintedPage;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>The table as a page to print: forty columns fit no paper, so groups of headings come side by side as far as they fit, each table with the units beside it.</summary>
internal static class SummaryPage
{
    private const int MostColumns = 14;

    private const string Style = $$"""
        @page { size: A4 landscape; margin: 14mm 12mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; color: #555; } }
        body { font: 7.5pt/1.35 {{Fonts}}; color: #18241d; margin: 0; } h1 { font-size: 16pt; text-align: center; margin: 0 0 2mm; } h2 { font-size: 11pt; margin: 0 0 1.5mm; }
        .lines { text-align: center; color: #45534a; margin: 0 0 1mm; } section { break-after: page; } section:last-of-type { break-after: auto; }
        table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; } tr { break-inside: avoid; }
        th, td { border: 0.2mm solid #9aa59d; padding: 0.45mm 1mm; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } th { background: #eef3ee; font-weight: 500; text-align: center; white-space: normal; hyphens: auto; }
        .name { text-align: left; } .d0 td { font-weight: 700; background: #f6f7f3; } .d1 td { font-weight: 500; } .d2 .name { padding-left: 5mm; font-weight: 400; }
        .red { background: #fbe3df; } .amber { background: #fdf1d3; } .notes { margin: 3mm 0 0; color: #45534a; } .mark { color: #8a948d; font-size: 7.5pt; margin: 1mm 0 0; }
        """;

    public static string Write(SummaryTable table)
    {
        var html = new StringBuilder();
        var first = 0;
        foreach (var groups in Sheets(table.Groups))
        {
            html.Append(CultureInfo.InvariantCulture, $"<section>{(first == 0 ? $"<h1>{Encode(table.Title)}</h1>" : "")}{string.Concat(table.Lines.Select(line => $"<p class=\"lines\">{Encode(line)}</p>"))}");
            Columns(html, table, groups, first);
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"notes\">{string.Join("<br>", table.Notes.Select(Encode))}</p><p class=\"mark\">{Encode(table.Watermark)}</p></section>");
            first += groups.Sum(group => group.Columns.Count);
        }

        return Of(table.Language, table.Title, Style, html.ToString());
    }

    /// <summary>Groups side by side as far as the paper holds them, none parted.</summary>
    internal static IReadOnlyList<IReadOnlyList<SummaryGroup>> Sheets(IReadOnlyList<SummaryGroup> groups)
    {
        var sheets = new List<List<SummaryGroup>>();
        foreach (var group in groups)
        {
            if (sheets.Count == 0 || sheets[^1].Sum(one => one.Columns.Count) + group.Columns.Count > MostColumns)
            {
                sheets.Add([]);
            }

            sheets[^1].Add(group);
        }

        return sheets;
    }

    private static void Columns(StringBuilder html, SummaryTable table, IReadOnlyList<SummaryGroup> groups, int first)
    {
        var columns = groups.SelectMany(group => group.Columns).ToList();
        html.Append(CultureInfo.InvariantCulture, $"<table><thead><tr><th rowspan=\"2\">{Encode(table.Headings.Number)}</th><th rowspan=\"2\">{Encode(table.Headings.Unit)}</th>")
            .AppendJoin("", groups.Select(group => $"<th colspan=\"{group.Columns.Count}\">{Encode(group.Name)}</th>")).Append("</tr><tr>");
        foreach (var column in columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th>{Encode(column.Name)}{(column.Unit.Length > 0 ? $"<br><small>{Encode(column.Unit)}</small>" : "")}</th>");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var (number, row) in table.Rows.Index())
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr class=\"d{row.Depth}\"><td>{(number == 0 ? "" : number)}</td><td class=\"name\">{Encode(row.Name)}</td>");
            foreach (var (offset, column) in columns.Index())
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
