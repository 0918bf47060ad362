using System.Globalization;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Exports.Pages.Plots;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>Numbers and names as the page on the screen writes them, ready to stand in HTML.</summary>
internal sealed class PageWords(ExportWords words)
{
    private const string None = "–";

    public ExportWords Words { get; } = words;

    public string Of(string zh, string en) => PrintedPage.Encode(Words.Of(zh, en));

    public string Of(Rules.Text? text) => PrintedPage.Encode(Words.Of(text));

    public string Of(OrganisationResponse place) => PrintedPage.Encode(Words.Of(place));

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With one decimal like its neighbours, as on the screen: 85.0 beside 85.1.</summary>
    public static string Score(decimal? score) => score is { } some ? some.ToString("0.0", CultureInfo.InvariantCulture) : None;

    public static string Share(decimal? share) => ExportWords.Percent(share);

    /// <summary>What somebody set, a target or the round steps of an axis, is written as it was set: 20%, not 20.0%.</summary>
    public static string Tick(string said) => said.Replace(".0%", "%", StringComparison.Ordinal);

    /// <summary>A figure in its unit: per cent with one decimal, large numbers in 万 and 亿.</summary>
    public string Figure(decimal? value, string? unit, int decimals)
    {
        if (value is not { } some)
        {
            return None;
        }

        if (unit == "%")
        {
            return ExportWords.Percent(some / 100);
        }

        var size = Math.Abs(some);
        return size < 100_000 ? Plain(some, decimals)
            : Words.IsChinese ? size >= 100_000_000 ? Plain(some / 100_000_000, 2) + "亿" : Plain(some / 10_000, 2) + "万"
            : size >= 1_000_000_000 ? Plain(some / 1_000_000_000, 2) + "B" : size >= 1_000_000 ? Plain(some / 1_000_000, 2) + "M" : Plain(some / 1_000, 2) + "K";
    }

    /// <summary>The unit where it is a word. Plain text, as all that goes into a drawing.</summary>
    public string Unit(Rules.Indicator indicator) => indicator.Unit is null or { Zh: "%" } ? "" : Words.Of(indicator.Unit);

    /// <summary>With its unit: "1.2 lessons". Plain text, to be encoded by whoever writes it.</summary>
    public string Said(Rules.Indicator indicator, decimal? value) => Figure(value, indicator.Unit?.Zh, indicator.Decimals) is var said && value is null ? said : WithUnit(said, Unit(indicator));

    /// <summary>"1.2 lessons", and as one word "23.4万元".</summary>
    public static string WithUnit(string said, string unit) => unit.Length == 0 ? said : said[^1] is '万' or '亿' ? said + unit : $"{said} {unit}";

    /// <summary>How a drawing writes an indicator's numbers, and where its target lies.</summary>
    public PlotValues Values(Rules.Indicator indicator, decimal? line) =>
        new(value => Figure((decimal)value, indicator.Unit?.Zh, indicator.Decimals), Unit(indicator), (double?)line, Words.Of("目标", "Target"));

    /// <summary>A sum: in 万 and 亿 from ten thousand on.</summary>
    public string Compact(decimal value) => Math.Abs(value) >= 100_000 ? Figure(value, null, 2)
        : Math.Abs(value) >= 10_000 ? Words.IsChinese ? Plain(value / 10_000, 2) + "万" : Plain(value / 1_000, 2) + "K" : Plain(value, Math.Abs(value) < 100 ? 2 : 0);

    /// <summary>A length on the page: a share as per cent of what holds it.</summary>
    public static string Percent(decimal? share) => (Math.Clamp(share ?? 0, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    public string Light(string light) => light switch
    {
        "green" => Of("达标", "on target"), "amber" => Of("接近", "close"), "red" => Of("未达标", "below target"), _ => Of("暂无数据", "no figure"),
    };

    private static string Plain(decimal value, int decimals) =>
        Math.Round(value, decimals, MidpointRounding.AwayFromZero).ToString(decimals == 0 ? "#,##0" : "#,##0." + new string('#', decimals), CultureInfo.InvariantCulture);
}
