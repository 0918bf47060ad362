namespace Gengdu.Analytics.Exports.Pages.Plots;

/// <summary>What belongs to the drawings with axes, the treemap and the map.</summary>
internal static class PlotStyle
{
    public const string Rules = """
        .plots { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; align-items: start; margin: 0 0 4mm; } .plots .card { margin: 0; min-width: 0; } h2 small { font-size: 8.5pt; font-weight: 400; color: var(--ink-soft); margin-left: 2mm; }
        .note { color: var(--ink-quiet); font-size: 7pt; margin-top: 1.5mm; } .plot { width: 100%; max-height: 60mm; display: block; overflow: visible; } .plot text { font-size: 10px; fill: var(--ink-soft); text-anchor: middle; } .plot .end { text-anchor: end; } .plot .start { text-anchor: start; } .plot .small { font-size: 8px; }
        .plot .over { fill: var(--ink); paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round; } .plot path { fill: none; } .plot .grid { stroke: var(--chart-grid); } .plot .target { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 5 4; } .plot .centre { stroke: var(--ink); stroke-width: 1.2; }
        .plot .bar { fill: var(--tone); } .plot .box { fill: var(--seq-1); stroke: var(--cat-0); stroke-width: 1.2; } .plot .whisker { stroke: var(--cat-0); stroke-width: 1.2; } .plot .median { stroke: var(--cat-0); stroke-width: 2.4; }
        .plot .line { stroke: var(--cat-0); stroke-width: 2.2; } .plot .dot { fill: var(--cat-0); } .plot .changed { fill: #fff; stroke: var(--cat-0); stroke-width: 1.6; } .plot path.published { stroke: var(--cat-1); stroke-width: 1.6; } .plot circle.published { fill: var(--cat-1); }
        .plot .point { fill: var(--tone); opacity: 0.9; } .plot .hollow { fill: none; stroke: var(--ink-quiet); stroke-width: 1.2; } .plot .limit { stroke: var(--line-strong); stroke-dasharray: 1.5 2.5; } .plot .in { fill: var(--cat-1); } .plot .out { fill: var(--cat-2); }
        .treemap rect { fill: var(--part); stroke: #fff; stroke-width: 2; } .treemap text { fill: #fff; font-size: 10.5px; } .c0 { --part: var(--cat-0); } .c1 { --part: var(--cat-1); } .c2 { --part: var(--cat-2); } .c3 { --part: var(--cat-3); } .c4 { --part: var(--cat-4); } .c5 { --part: var(--cat-5); } .treemap .c2 text, .treemap .c5 text { fill: var(--ink); }
        .map { display: block; width: 100%; margin: 0 auto; max-height: 104mm; } .wide .map { max-height: 148mm; } .map text { text-anchor: middle; fill: #1c2a1f; font-size: 12.5px; } .map text.light { fill: #fff; } .map .no { fill: url(#none); } .drawn .area { stroke: #fff; stroke-width: 0.7; stroke-linejoin: round; } .map.drawn .lines { stroke-width: 1.6; } .drawn text { font-weight: 600; } .map .lines { fill: none; stroke: var(--ink-soft); stroke-width: 3; stroke-linecap: round; }
        .map .step0 { fill: var(--seq-0); } .map .step1 { fill: var(--seq-1); } .map .step2 { fill: var(--seq-2); } .map .step3 { fill: var(--seq-3); } .map .step4 { fill: var(--seq-4); } .map .mark { fill: var(--tone); stroke: #fff; stroke-width: 2.5; paint-order: stroke; }
        .red-list li { display: grid; grid-template-columns: 1fr 26mm 20mm 26mm; gap: 3mm; align-items: center; padding: 0.8mm 0; border-bottom: 0.2mm solid var(--surface-sunken); } .red-list .n { text-align: right; }
        .listing { border-spacing: 0; font-size: 7.5pt; } .listing th, .listing td { text-align: right; padding: 1mm 1.5mm; border-bottom: 0.2mm solid var(--line); } .listing thead th { color: var(--ink-soft); white-space: normal; vertical-align: bottom; } .listing thead th:first-child { text-align: left; } .listing tbody th { text-align: left; color: var(--ink); }
        .spark { width: 14mm; height: 4mm; vertical-align: -1mm; } .spark path { fill: none; stroke: var(--ink-quiet); stroke-width: 1.5; } .spark circle { fill: var(--green-light); }
        """;
}
