using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Exports.Summary;

/// <summary>From the roll-ups that dashboards show to the table: the same numbers, the same rounding, the same scope.</summary>
internal static class SummaryReader
{
    public static async Task<SummaryTable> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, DashboardHead head, Guid cycleId, ExportCycle cycle, ExportWords words, CancellationToken cancellationToken)
    {
        var programme = head.Formulas.Programme;
        var indicators = programme.Indicators.Where(indicator => indicator.Later is null).ToList();
        var (node, below) = await PlaceUnits.ReadAsync(connection, programmes, caller, head, cycleId, cancellationToken);
        var figures = node.Indicators.ToDictionary(figure => figure.Id, figure => new ShortFigureResponse(figure.Value, figure.Light));
        var rows = new List<SummaryRow>
        {
            new(0, head.Organisation.Code, words.Total(head.Organisation), Cells(node.Completeness, node.Index, node.Areas, figures, indicators)),
        };
        rows.AddRange(below.Select(one => new SummaryRow(
            one.Depth, one.Unit.Organisation.Code, words.Of(one.Unit.Organisation), Cells(one.Unit.Completeness, one.Unit.Index, one.Unit.Areas, one.Unit.Figures, indicators))));
        return new(
            words.Language, words.Of($"{head.Organisation.NameZh}{programme.Name.Zh}督导指标汇总表", $"{programme.Name.En}: indicators of {head.Organisation.NameEn}"),
            [
                words.Of(cycle, node.AsOf),
                words.Of("▼ 未达标（低于目标的 80%）  △ 接近目标（80% 以上）  无标记为达标或不评分；“–”为无数据", "▼ missed (below 80 % of the target)  △ near (80 % and more)  no mark: met, or not rated; “–”: no data"),
            ],
            new(words.Of("序号", "No."), words.Of("代码", "Code"), words.Of("单位", "Unit"), words.Of("汇总表", "Summary")),
            [.. Groups(programme, indicators, words)], rows,
            [
                words.Of($"公式版本 {programme.IndicatorsVersion}，项目版本 {programme.Version}；取各单位最新一次签署提交的数据，按“分子之和 ÷ 分母之和”逐级汇总。", $"Formulas {programme.IndicatorsVersion}, programme {programme.Version}; newest signed submissions, summed up level by level as sum of numerators over sum of denominators."),
                words.Of($"覆盖：{node.Completeness.Schools} 所学校，应报模块 {node.Completeness.Due} 个，已报 {node.Completeness.Submitted} 个。", $"Coverage: {node.Completeness.Schools} schools, {node.Completeness.Submitted} of {node.Completeness.Due} module reports."),
            ],
            new(words.Of("指标说明", "Indicators"),
                [new(words.Of("编号", "Id"), 8), new(words.Of("指标", "Indicator"), 44), new(words.Of("领域", "Area"), 20), new(words.Of("单位", "Unit"), 16), new(words.Of("目标", "Target"), 16)],
                [.. indicators.Select(indicator => (IReadOnlyList<ListCell>)[indicator.Id, words.Of(indicator.Name), words.Of(programme.Areas.FirstOrDefault(area => area.Key == indicator.Area)?.Name), words.Of(indicator.Unit), Target(indicator, words)])]),
            words.Watermark);
    }

    private static IEnumerable<SummaryGroup> Groups(Programme programme, List<Indicator> indicators, ExportWords words)
    {
        yield return new(words.Of("报送情况", "Reporting"), [
            new(words.Of("学校", "Schools"), words.Of("所", "schools"), 0), new(words.Of("应报", "Due"), words.Of("个", "reports"), 0), new(words.Of("已报", "Submitted"), words.Of("个", "reports"), 0),
            new(words.Of("按时", "On time"), words.Of("个", "reports"), 0), new(words.Of("报送率", "Rate"), "%", 1)]);
        yield return new(words.Of("综合评价", "Scores"), [new(words.Of("实施指数", "Index"), words.Of("分", "points"), 1), .. programme.Areas.Select(area => new SummaryColumn(words.Of(area.Name), words.Of("分", "points"), 1))]);
        foreach (var area in programme.Areas)
        {
            yield return new(words.Of(area.Name), [.. indicators.Where(indicator => indicator.Area == area.Key).Select(indicator => new SummaryColumn($"{indicator.Id} {words.Of(indicator.Name)}", words.Of(indicator.Unit), indicator.Decimals))]);
        }
    }

    private static List<SummaryCell> Cells(
        CompletenessResponse reported, IndexResponse index, IReadOnlyList<AreaResponse> areas, IReadOnlyDictionary<string, ShortFigureResponse> figures, List<Indicator> indicators) =>
    [
        new(reported.Schools, "none"), new(reported.Due, "none"), new(reported.Submitted, "none"), new(reported.OnTime, "none"), new(reported.Rate * 100, "none"),
        new(index.Value, index.Light), .. areas.Select(area => new SummaryCell(area.Score, area.Light)),
        .. areas.SelectMany(area => indicators.Where(indicator => indicator.Area == area.Key))
            .Select(indicator => figures.TryGetValue(indicator.Id, out var figure) ? new SummaryCell(figure.Value, figure.Light) : new(null, "none")),
    ];

    internal static string Target(Indicator indicator, ExportWords words) => (indicator.Target, indicator.Direction) switch
    {
        (_, _) when indicator.Information => words.Of("不评分", "not rated"),
        (_, "band") when indicator.Band is [var low, var high] => $"{low:0.##}–{high:0.##}",
        ({ Median: true }, _) => words.Of("同县中位数", "county's median"),
        ({ Value: { } value }, "down") => $"≤ {value:0.##}",
        ({ Value: { } value }, _) => $"≥ {value:0.##}",
        _ => "–",
    };
}
