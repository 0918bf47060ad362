using Gengdu.Analytics.Dashboards;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>What every printed page stands in: whose it is, of which cycle, how fresh; below, by which formulas and by whom.</summary>
internal sealed class PageFrame(Rules.Programme programme, ExportCycle cycle, PageWords words)
{
    public string Around(OrganisationResponse place, IReadOnlyList<ParentResponse> parents, DateTimeOffset asOf, string content, bool portrait) => PrintedPage.Of(
        words.Words.Language, $"{words.Words.Of(place)} · {words.Words.Of(programme.Name)}", PageStyle.For(words.Words.Watermark, portrait), $"""
        <header><p class="above">{string.Join(" / ", parents.Select(parent => words.Of(parent.NameZh, parent.NameEn)))}</p><h1>{words.Of(place)}<small>{words.Of(programme.Name)} · {words.Of("一图表", "one chart")}</small></h1>
        <p class="lines">{PrintedPage.Encode(words.Words.Of(cycle, asOf))}</p></header>
        {content}
        <footer>{words.Of($"公式版本 {programme.IndicatorsVersion}，项目版本 {programme.Version}；与看板同源，取各单位最近一次签署的数据，按“分子之和 ÷ 分母之和”逐级汇总。", $"Formulas {programme.IndicatorsVersion}, programme {programme.Version}; the dashboard's own figures: newest signed submissions, summed up as sum of numerators over sum of denominators.")} {Key()}</footer>
        """);

    public static string Card(string title, string content, bool whole = false) => content.Length == 0 ? "" : $"<section class=\"card{(whole ? " whole" : "")}\"><h2>{title}</h2>{content}</section>";

    /// <summary>Where a figure comes from, in one line.</summary>
    public static string Passport(PassportResponse passport, PageWords words) =>
        words.Of($"截至 {ExportWords.Moment(passport.AsOf)} · 覆盖 {passport.Coverage.Reported:N0}/{passport.Coverage.Due:N0} · 已审核 {PageWords.Share(passport.ApprovalShare)}",
            $"as of {ExportWords.Moment(passport.AsOf)} · {passport.Coverage.Reported:N0}/{passport.Coverage.Due:N0} counted · {PageWords.Share(passport.ApprovalShare)} approved");

    public static string State(string state, PageWords words) => state switch
    {
        "submitted" => words.Of("已上报", "Submitted"),
        "returned" => words.Of("已退回", "Returned"),
        "approved" or "county-approved" or "city-approved" => words.Of("已通过", "Approved"),
        "accepted" => words.Of("省级已确认", "Accepted"),
        "withdrawn" => words.Of("已撤回", "Taken back"),
        "unlocked" => words.Of("已解锁", "Unlocked"),
        _ => words.Of("未上报", "Not submitted"),
    };

    private string Key() => string.Join(" ", new[] { "green", "amber", "red", "none" }.Select(light => $"<span class=\"n\">{PageCharts.Light(light, words)} {words.Light(light)}</span>"));
}
