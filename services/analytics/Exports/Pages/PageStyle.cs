using Gengdu.Analytics.Exports.Pages.Plots;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>The screen's visual language on paper: the same colours, shapes and order of things. The colours are those of the web app; a test holds them together.</summary>
internal static class PageStyle
{
    /// <summary>Of tokens.css and palette.css.</summary>
    internal const string Colours = """
        --ink: #18241d; --ink-soft: #45534a; --ink-quiet: #626f67; --line: #e2e6df; --line-strong: #8a958d; --surface-sunken: #f1f3ee; --accent-strong: #23613c; --accent-line: #b9dac7;
        --green-light: #2f7d4f; --amber-light: #c77a14; --red-light: #b0302b; --info: #2a6389; --info-soft: #e9f2f8; --warm-soft: #fdf2e4; --warm-line: #f0cd9f; --warm: #a8560f;
        --seq-0: #f3ead2; --seq-1: #cfdca5; --seq-2: #93bf86; --seq-3: #377f58; --seq-4: #14563f; --chart-grid: #e6eae2;
        --cat-0: #2f7d4f; --cat-1: #17306b; --cat-2: #bc812f; --cat-3: #9152d6; --cat-4: #4c2435; --cat-5: #c9489c;
        """;

    private const string Rules = $$"""
        * { box-sizing: border-box; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        body { font: 8.5pt/1.45 {{PrintedPage.Fonts}}; color: var(--ink); margin: 0; } h1 { font-size: 19pt; line-height: 1.25; margin: 0; } h1 small { font-size: 11pt; font-weight: 400; color: var(--ink-soft); margin-left: 3mm; }
        h2 { font-size: 10.5pt; margin: 0 0 2mm; break-after: avoid; } p, ol, ul, dl, dd { margin: 0; padding: 0; } ol, ul { list-style: none; } .quiet { color: var(--ink-quiet); } .soft { color: var(--ink-soft); }
        header { margin: 0 0 3mm; } .above { color: var(--ink-quiet); } .lines { white-space: pre-wrap; color: var(--ink-soft); }
        .card { border: 0.25mm solid var(--line); border-radius: 2.5mm; padding: 3mm 4mm; margin: 0 0 4mm; } .whole { break-inside: avoid; } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; align-items: start; } .two > * { min-width: 0; }
        .n { font-variant-numeric: tabular-nums; white-space: nowrap; } svg.light { width: 2.4mm; height: 2.4mm; } .green { --tone: var(--green-light); } .amber { --tone: var(--amber-light); } .red { --tone: var(--red-light); } .none { --tone: var(--line-strong); }
        .light { fill: var(--tone); } .numbers { display: grid; grid-template-columns: 1.4fr repeat(4, 1fr); gap: 3mm; margin: 0 0 4mm; break-inside: avoid; } .numbers div { border: 0.25mm solid var(--line); border-radius: 2.5mm; padding: 2.5mm 4mm; }
        .numbers .hero { background: var(--accent-strong); color: #fff; border-color: transparent; } .numbers dd.n { font-size: 16pt; font-weight: 650; line-height: 1.3; } .hero .quiet { color: #d9ecdf; } .big { font-size: 26pt; font-weight: 650; line-height: 1.2; }
        .gauges { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; text-align: center; } .gauge { width: 100%; } .gauge path { fill: none; stroke-width: 9; stroke-linecap: round; } .gauge .track { stroke: var(--surface-sunken); }
        .gauge .fill { stroke: var(--tone); } .gauge text { text-anchor: middle; font-size: 21px; font-weight: 650; fill: var(--ink); } .others { display: flex; flex-wrap: wrap; gap: 1mm 5mm; border-top: 0.25mm solid var(--line); margin-top: 2mm; padding-top: 2mm; }
        .bars li { display: grid; grid-template-columns: 6mm 38mm 1fr 16mm; gap: 2mm; align-items: center; padding: 0.55mm 0; break-inside: avoid; } .bars .name { overflow-wrap: anywhere; line-height: 1.15; } .bars .n { text-align: right; }
        .track { display: flex; height: 3mm; background: var(--surface-sunken); border-radius: 2mm; overflow: hidden; } .track i { display: block; height: 100%; background: var(--tone, var(--accent-line)); } .track i.done { background: var(--green-light); }
        .funnel li { display: grid; grid-template-columns: 18mm 1fr 26mm; gap: 3mm; align-items: center; padding: 0.7mm 0; } .funnel .n .quiet { margin-left: 1mm; } .funnel .track { justify-content: center; height: 5mm; border-radius: 1mm; } .funnel .track i { border-radius: 1mm; min-width: 0.5mm; background: var(--tone); }
        .s0 { --tone: var(--seq-0); } .s1 { --tone: var(--seq-1); } .s2 { --tone: var(--seq-2); } .s3 { --tone: var(--seq-3); } .s4 { --tone: var(--seq-4); }
        table { border-collapse: separate; border-spacing: 0.4mm; width: 100%; font-size: 6.5pt; font-variant-numeric: tabular-nums; } thead { display: table-header-group; } tr { break-inside: avoid; } th { font-weight: 500; color: var(--ink-soft); white-space: nowrap; text-align: center; }
        th:first-child { text-align: left; color: var(--ink); } td { text-align: center; border-radius: 0.8mm; padding: 0.7mm 0.5mm; white-space: nowrap; } td.s0, td.s1, td.s2 { background: var(--tone); } td.s3, td.s4 { background: var(--tone); color: #fff; }
        .heat { table-layout: fixed; font-size: 7.5pt; margin: 0 0 3mm; } .heat th { white-space: normal; vertical-align: bottom; } .heat th:first-child { width: 46mm; } .heat .area { font-weight: 650; padding-top: 1.5mm; break-after: avoid; } .nothing { color: var(--line-strong); outline: 0.2mm dashed var(--line-strong); outline-offset: -0.3mm; }
        .progress { font-size: 7.5pt; } .progress th { white-space: normal; } .sent { background: var(--info-soft); color: var(--info); } .back { background: var(--warm-soft); color: var(--warm); box-shadow: inset 0 0 0 0.25mm var(--warm-line); } .good { background: var(--seq-2); } .best { background: var(--seq-4); color: #fff; }
        .key { break-before: avoid; display: flex; flex-wrap: wrap; gap: 1mm 4mm; align-items: center; margin-top: 2mm; color: var(--ink-soft); font-size: 7.5pt; } .key i { display: inline-block; min-width: 5mm; height: 3.4mm; line-height: 3.4mm; border-radius: 0.8mm; margin-right: 1.2mm; vertical-align: middle; text-align: center; font-style: normal; background: var(--tone); }
        .key i.sent { background: var(--info-soft); } .key i.back { background: var(--warm-soft); } .key i.good { background: var(--seq-2); } .key i.best { background: var(--seq-4); } .key i.done { background: var(--green-light); } .key i.open { background: var(--accent-line); }
        .figures { display: grid; grid-template-columns: repeat(5, 1fr); gap: 2.5mm; } .figure { border: 0.25mm solid var(--line); border-radius: 2mm; padding: 2mm 2.5mm; break-inside: avoid; } .figure h3 { font-size: 7.5pt; font-weight: 500; color: var(--ink-soft); margin: 0; min-height: 2.8em; }
        .figure .value { font-size: 12.5pt; font-weight: 650; } .figure .value small { font-size: 7pt; font-weight: 400; color: var(--ink-quiet); } .figure .track { height: 1.2mm; margin: 0.8mm 0; } .passport { font-size: 6.5pt; color: var(--ink-quiet); }
        .bullet { display: grid; grid-template-columns: 52mm 1fr 18mm 26mm; gap: 3mm; align-items: center; padding: 0.6mm 0; break-inside: avoid; } .bullet .line { position: relative; height: 4mm; background: var(--surface-sunken); border-radius: 1mm; } .bullet .line i { position: absolute; }
        .line .bar { top: 0.7mm; bottom: 0.7mm; left: 0; border-radius: 0.7mm; background: var(--tone); opacity: 0.75; } .line .median { top: -0.5mm; bottom: -0.5mm; width: 0.7mm; margin-left: -0.35mm; background: var(--ink); } .line .target { top: 50%; width: 2mm; height: 2mm; margin: -1mm 0 0 -1mm; transform: rotate(45deg); border: 0.5mm solid var(--ink); background: #fff; }
        svg.mark { width: 2.8mm; height: 2.8mm; fill: none; stroke: currentColor; stroke-width: 1.6; vertical-align: -0.4mm; } .todo li { display: flex; justify-content: space-between; gap: 3mm; padding: 0.8mm 0; border-bottom: 0.2mm solid var(--surface-sunken); } .radar { width: 100%; max-height: 62mm; } .radar .grid { fill: none; stroke: var(--chart-grid); } .radar .shape { fill: #2f7d4f33; stroke: var(--green-light); stroke-width: 1.6; } .radar .before { fill: none; stroke: var(--cat-1); stroke-width: 1.3; stroke-dasharray: 4 3; }
        .radar text { font-size: 9px; fill: var(--ink-soft); text-anchor: middle; } footer { color: var(--ink-quiet); font-size: 7pt; border-top: 0.25mm solid var(--line); padding-top: 1.5mm; }
        """;

    /// <param name="watermark">On every page.</param>
    /// <param name="portrait">A school's page is a column, a place's is wide.</param>
    public static string For(string watermark, bool portrait) => $$"""
        @page { size: A4 {{(portrait ? "portrait" : "landscape")}}; margin: 11mm 11mm 14mm; @bottom-left { content: "{{Css(watermark)}}"; font-size: 7pt; color: #8a948d; } @bottom-right { content: counter(page) " / " counter(pages); font-size: 7pt; color: #555; } }
        :root { {{Colours}} }
        {{Rules}}
        {{PlotStyle.Rules}}
        """;

    private static string Css(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("<", "\\3c ", StringComparison.Ordinal);
}
