using System.Globalization;
using Gengdu.Analytics.Dashboards;

namespace Gengdu.Analytics.Exports;

/// <summary>The words of a file in one language, with who made it and when: that is its watermark.</summary>
internal sealed class ExportWords(string language, Guid personId, DateTimeOffset now)
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public bool IsChinese { get; } = language != "en";

    public string Language => IsChinese ? "zh-CN" : "en";

    /// <summary>When it was made, in China.</summary>
    public DateTimeOffset Made { get; } = now.ToOffset(China);

    public string Day => Made.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Says of each copy whose it is: the number is the one in the audit. Names do not reach this service.</summary>
    public string Watermark => Of(
        $"耕读平台导出 · 导出人 {personId:N} · {Moment(Made)}（北京时间）· 仅限工作使用", $"Exported from Gengdu · by {personId:N} · {Moment(Made)} (Beijing time) · for official use");

    public string Of(string zh, string en) => IsChinese || en.Length == 0 ? zh : en;

    public string Of(Rules.Text? text) => text is null ? "" : Of(text.Zh, text.En);

    public string Of(OrganisationResponse place) => Of(place.NameZh, place.NameEn);

    public string Total(OrganisationResponse place) => Of($"合计（{place.NameZh}）", $"Total ({place.NameEn})");

    /// <summary>Which cycle, how fresh, and whether more can still come: stands below every title.</summary>
    public string Of(ExportCycle cycle, DateTimeOffset asOf) =>
        Of(
            $"填报周期：{cycle.NameZh}（{cycle.Start:yyyy-MM-dd} – {cycle.End:yyyy-MM-dd}）　数据截至：{Moment(asOf)}（北京时间）　",
            $"Cycle: {Of(cycle.NameZh, cycle.NameEn)} ({cycle.Start:yyyy-MM-dd} – {cycle.End:yyyy-MM-dd})    As of: {Moment(asOf)} (Beijing time)    ")
        + (cycle.Closed ? Of("周期已结束", "cycle closed") : Of("周期未结束，数据为阶段性结果", "cycle still open: provisional"));

    public string Kind(string kind) => kind switch
    {
        ExportKinds.Values => Of("填报数据", "values"),
        ExportKinds.Bulletin => Of("督导通报", "bulletin"),
        ExportKinds.Missing => Of("未报退回逾期名单", "missing"),
        ExportKinds.Chart => Of("一图表", "chart"),
        _ => Of("指标汇总表", "summary"),
    };

    /// <summary>"2026-11-23 20:14", in China.</summary>
    public static string Moment(DateTimeOffset at) => at.ToOffset(China).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"2026年11月23日", "23 November 2026".</summary>
    public string Date(DateTimeOffset at) => at.ToOffset(China) is var day && IsChinese
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日") : day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(decimal? value, int decimals) => value is { } some ? some.ToString($"N{decimals}", CultureInfo.InvariantCulture) : "–";

    /// <summary>With one decimal, as on the screen, and 99.96 % is never rounded up to a full 100 %.</summary>
    public static string Percent(decimal? share) => share is { } some
        ? (some < 1 ? Math.Min(99.9m, Math.Round(some * 100, 1, MidpointRounding.AwayFromZero)) : Math.Round(some * 100, 1, MidpointRounding.AwayFromZero)).ToString("#,##0.0", CultureInfo.InvariantCulture) + "%" : "–";
}
