using System.Globalization;
using System.Text;
using Gengdu.Reporting.Checks;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports;
using static Gengdu.Reporting.Documents.ValuesHtml;

namespace Gengdu.Reporting.Documents;

/// <summary>
/// The page that is printed: receipts with their QR codes first, then what was signed. It loads nothing (its own policy says so,
/// besides the browser's missing network) and holds no script.
/// </summary>
internal static class ReportDocument
{
    private const string Style = """
        @page { size: A4; margin: 16mm 14mm 18mm; @bottom-center { content: counter(page) " / " counter(pages); font-size: 8pt; color: #555; } }
        body { font: 9.5pt/1.5 "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "Noto Sans SC", sans-serif; color: #18241d; margin: 0; }
        h1 { font-size: 17pt; margin: 0 0 2mm; } h2 { font-size: 13pt; margin: 0 0 2mm; border-bottom: 0.6mm solid #2f7d4f; padding-bottom: 1mm; }
        h3 { font-size: 10.5pt; margin: 5mm 0 1.5mm; color: #23613c; break-after: avoid; } h4 { font-size: 9.5pt; margin: 3mm 0 1mm; break-after: avoid; }
        p { margin: 0 0 1.5mm; } small { color: #626f67; font-weight: 400; font-size: 8pt; } .soft { color: #45534a; }
        table { border-collapse: collapse; width: 100%; margin: 0 0 2mm; } th, td { border: 0.2mm solid #c9d0c9; padding: 0.8mm 1.6mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap; }
        thead { display: table-header-group; } thead th { background: #e8f3ec; } tr { break-inside: auto; } th { font-weight: 500; }
        .pairs th { width: 46%; background: #f6f7f3; } .grid { font-size: 8.5pt; }
        .receipt { border: 0.4mm solid #2f7d4f; border-radius: 2mm; padding: 4mm; margin: 0 0 4mm; break-inside: avoid; display: flex; gap: 5mm; }
        .receipt dl { flex: 1; display: grid; grid-template-columns: 27mm 1fr; gap: 0.8mm 3mm; margin: 0; } dt { color: #626f67; } dd { margin: 0; overflow-wrap: anywhere; }
        .mono { font-family: "DejaVu Sans Mono", monospace; font-size: 8.5pt; } .code { font-size: 12pt; font-weight: 600; letter-spacing: 0.3mm; }
        .check { width: 36mm; text-align: center; font-size: 7.5pt; color: #45534a; overflow-wrap: anywhere; } .qr { width: 32mm; height: 32mm; display: block; margin: 0 auto 1mm; }
        .statement { border-left: 1mm solid #2f7d4f; padding-left: 3mm; margin: 3mm 0; break-inside: avoid; } .module { break-before: page; }
        .notes dt { color: #8b460a; break-after: avoid; } .notes dd { margin: 0 0 2mm; padding-left: 3mm; border-left: 0.5mm solid #f0cd9f; white-space: pre-wrap; }
        """;

    /// <param name="modules">At least one, all of one organisation in one cycle.</param>
    /// <param name="words">The language.</param>
    /// <param name="publicAddress">Of the platform, for the QR codes.</param>
    public static string Write(IReadOnlyList<SignedModule> modules, DocumentWords words, string publicAddress)
    {
        var (first, html) = (modules[0], new StringBuilder());
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html><html lang="{words.Language}"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{Encode(words.Report)} {Encode(words.Of(first.Organisation))}</title><style>{Style}</style></head><body>
            <p class="soft">{Encode(words.Platform)}</p><h1>{Encode(words.Of(first.Organisation))}</h1>
            <p class="soft">{Encode(words.Of(first.Cycle))} · {Encode(first.Code)} · {Encode(words.Of(first.Programme.Name))}</p>
            <h2>{Encode(modules.Count == 1 ? words.Receipt : words.Receipts)}</h2>
            """);
        foreach (var signed in modules)
        {
            html.Append(Receipt(signed, words, publicAddress));
        }

        html.Append(CultureInfo.InvariantCulture, $"<p class=\"soft\">{Encode(words.Printed)}</p>");
        foreach (var signed in modules)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section class=\"module\"><h2>{Encode(words.Of(signed.Module.Name))}</h2><p class=\"soft mono\">{Encode(signed.Revision.ReceiptNumber)}</p>");
            html.Append(new ValuesHtml(signed, words).Write()).Append(Notes(signed, words)).Append("</section>");
        }

        return html.Append("</body></html>").ToString();
    }

    private static string Receipt(SignedModule signed, DocumentWords words, string publicAddress)
    {
        var (revision, statement) = (signed.Revision, signed.Programme.Statement);
        // A version this programme no longer has the words of is named, not guessed.
        var text = revision.StatementVersion == statement.Version ? words.Of(statement.Text).Replace("{organisation}", words.Of(signed.Organisation), StringComparison.Ordinal) : "";
        var check = revision.CheckCode is not { } code ? "" : $"<div class=\"check\">{QrDrawing.Svg($"{publicAddress}/check#{code}")}{Encode(words.CheckHint)} {Encode($"{publicAddress}/check")}</div>";
        string Line(string name, string value, string style = "") => $"<dt>{Encode(name)}</dt><dd class=\"{style}\">{Encode(value)}</dd>";
        return $"""
            <div class="receipt"><dl>{Line(words.Module, words.Of(signed.Module.Name))}{Line(words.Number, revision.ReceiptNumber, "mono")}
            {Line(words.Received, $"{ChinaTime.Format(revision.SubmittedAt)}:{revision.SubmittedAt.Second:00} ({words.BeijingTime}) · {string.Format(CultureInfo.InvariantCulture, words.Revision, revision.Number)}")}
            {Line(words.Hash, revision.ContentHash, "mono")}{(revision.CheckCode is { } printed ? Line(words.Check, CheckCode.Printed(printed), "mono code") : "")}
            {(revision.StatementVersion is { } version ? Line($"{words.Statement} {version}", text) : "")}</dl>{check}</div>
            """;
    }

    private static string Notes(SignedModule signed, DocumentWords words)
    {
        var (revision, html) = (signed.Revision, new StringBuilder());
        foreach (var group in revision.Explanations.GroupBy(one => Explanation.IsUnasked(one.Rule) ? one.Rule : ""))
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3>{Encode(group.Key switch { Explanation.Remark => words.Comments, Explanation.FollowUp => words.FollowUps, _ => words.Explanations })}</h3><dl class=\"notes\">");
            foreach (var one in group)
            {
                var asked = revision.Results.FirstOrDefault(result => result.Rule == one.Rule && result.At.Contains(one.At));
                var field = signed.Module.Field(one.At.Split('/')[0]);
                html.Append(CultureInfo.InvariantCulture, $"<dt>{Encode(asked is null ? words.Of(field?.Name) : words.Of(asked.Message))}</dt><dd>{(one.Text == Explanation.Unworded ? "" : Encode(one.Text))}</dd>");
            }

            html.Append("</dl>");
        }

        return html.ToString();
    }
}
