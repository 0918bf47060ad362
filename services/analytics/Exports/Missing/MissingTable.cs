using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Exports.Summary;
using Gengdu.Rules;

namespace Gengdu.Analytics.Exports.Missing;

/// <summary>未报、退回、逾期名单 as a workbook: counts of the units in the official shape, and behind them one line for each organisation that is waited for.</summary>
internal static class MissingTable
{
    private const string Light = "none";

    public static SummaryTable Write(PlaceUnits units, IReadOnlyList<MissingItem> items, Programme programme, ExportCycle cycle, ExportWords words)
    {
        var place = units.Node.Organisation;
        // Of each place how many are past their deadline: the one number that no roll-up keeps.
        var overdue = items.Where(item => item.State == "overdue").SelectMany(item => item.Above.Select(node => node.Id).Append(item.OrganisationId).Distinct()).CountBy(id => id).ToDictionary();
        var number = words.Of("个", "reports");
        return new(
            words.Language, words.Of($"{place.NameZh}{programme.Name.Zh}未报、退回、逾期名单", $"{programme.Name.En}: missing, returned and late reports of {place.NameEn}"),
            [words.Of(cycle, units.Node.AsOf), Deadline(cycle, words)],
            new(words.Of("序号", "No."), words.Of("代码", "Code"), words.Of("单位", "Unit"), words.Of("统计", "Counts")),
            [
                new(words.Of("报送情况", "Reporting"), [
                    new(words.Of("学校", "Schools"), words.Of("所", "schools"), 0), new(words.Of("应报", "Due"), number, 0), new(words.Of("已报", "Submitted"), number, 0), new(words.Of("报送率", "Rate"), "%", 1)]),
                new(words.Of("未报", "Missing"), [new(words.Of("未报", "Missing"), number, 0), new(words.Of("其中逾期", "of them overdue"), number, 0)]),
                new(words.Of("需处理", "To be dealt with"), [new(words.Of("退回待改", "Returned"), number, 0), new(words.Of("逾期报送", "Came late"), number, 0)]),
            ],
            [
                new(0, place.Code, words.Total(place), Cells(units.Node.Completeness, items.Count(item => item.State == "overdue"))),
                .. units.Below.Select(one => new SummaryRow(one.Depth, one.Unit.Organisation.Code, words.Of(one.Unit.Organisation), Cells(one.Unit.Completeness, overdue.GetValueOrDefault(one.Unit.Organisation.Id)))),
            ],
            [words.Of("单位名单见下一工作表，每个单位一行；免报的不在其中。", "Who it is stands in the next sheet, one line for each organisation; who is exempt is not in it.")],
            Organisations(items, programme, words), words.Watermark);
    }

    /// <summary>What "overdue" means here: the cycle's own day, as for the share of reports in time.</summary>
    public static string Deadline(ExportCycle cycle, ExportWords words) => cycle.Deadline is { } deadline
        ? words.Of($"学校截止时间 {ExportWords.Moment(deadline)}（北京时间）。逾期按周期统一的截止时间计算，与按时率口径一致；批准延期的单位仍按此计算，名单中另列延期至何时。",
            $"Deadline of schools: {ExportWords.Moment(deadline)} (Beijing time). Overdue counts from the cycle's own deadline, as the share in time does, also where more time was granted; the list says until when.")
        : "";

    private static List<SummaryCell> Cells(CompletenessResponse reported, int overdue) =>
    [
        new(reported.Schools, Light), new(reported.Due, Light), new(reported.Submitted, Light), new(reported.Rate * 100, Light),
        new(reported.Due - reported.Submitted, Light), new(overdue, Light), new(reported.Returned, Light), new(reported.Late, Light),
    ];

    private static ListSheet Organisations(IReadOnlyList<MissingItem> items, Programme programme, ExportWords words)
    {
        var modules = programme.Modules.ToDictionary(module => module.Key, module => words.Of(module.Name));
        string Names(IEnumerable<MissingItem> some) => string.Join(words.Of("、", ", "), some.Select(item => modules.GetValueOrDefault(item.Module, item.Module)));
        var rows = new List<IReadOnlyList<ListCell>>();
        foreach (var report in items.GroupBy(item => item.ReportId))
        {
            var (first, missing, returned, late) = (report.First(), report.Where(item => item.Missing).ToList(), report.Where(item => item.State == "returned").ToList(), report.Where(item => item.Late).ToList());
            rows.Add([
                rows.Count + 1, first.AboveText, first.Code, first.Name, MissingWords.Level(first.Level, words), first.Due, missing.Count,
                missing.Exists(item => item.State == "overdue") ? words.Of("是", "yes") : words.Of("否", "no"), Names(missing), returned.Count, Names(returned), late.Count, Names(late),
                first.Until is { } until ? ExportWords.Moment(until) : ""]);
        }

        return new(words.Of("名单", "Organisations"),
            [
                new(words.Of("序号", "No."), 6), new(words.Of("所属", "Below"), 20), new(words.Of("代码", "Code"), 13), new(words.Of("单位", "Organisation"), 28), new(words.Of("层级", "Level"), 8),
                new(words.Of("应报", "Due"), 7), new(words.Of("未报", "Missing"), 8), new(words.Of("逾期", "Overdue"), 8), new(words.Of("未报模块", "Missing modules"), 44),
                new(words.Of("退回", "Returned"), 9), new(words.Of("退回模块", "Returned modules"), 24), new(words.Of("逾期报送", "Came late"), 10), new(words.Of("逾期报送模块", "Late modules"), 24), new(words.Of("延期至", "Extended until"), 17),
            ], rows);
    }
}
