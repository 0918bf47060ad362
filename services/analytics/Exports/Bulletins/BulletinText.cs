using System.Globalization;
using Gengdu.Analytics.Dashboards;

namespace Gengdu.Analytics.Exports.Bulletins;

/// <summary>Writes the text from the figures: a sentence stands only where its numbers do.</summary>
internal static class BulletinText
{
    private const int Named = 20;
    private const int Foremost = 5;
    private static readonly string[] s_numerals = ["一", "二", "三", "四", "五", "六", "七"];

    /// <param name="number">文号 as the office gave it; a place to fill in without one.</param>
    public static Bulletin Write(BulletinFacts facts, ExportWords words, string? number = null)
    {
        var (place, cycle, programme) = (facts.Now.Organisation, facts.Cycle, facts.Programme);
        var blocks = new List<BulletinBlock>
        {
            new BulletinParagraph(words.Of(
                $"现将{place.NameZh}{cycle.NameZh}的督导情况通报如下。数据截至 {ExportWords.Moment(facts.Now.AsOf)}（北京时间）{(cycle.Closed ? "，本周期已结束。" : "；本周期尚未结束，以下为阶段性结果。")}",
                $"This bulletin tells how {place.NameEn} stands in {cycle.NameEn} of {programme.Name.En}. Figures as of {ExportWords.Moment(facts.Now.AsOf)} (Beijing time){(cycle.Closed ? "; the cycle is closed." : "; the cycle is still open, so they are provisional.")}")),
        };
        var section = 0;
        void Add(string zh, string en, IEnumerable<BulletinBlock> content)
        {
            var some = content.ToList();
            if (some.Count > 0)
            {
                blocks.Add(new BulletinHeading(words.Of($"{s_numerals[section]}、{zh}", string.Create(CultureInfo.InvariantCulture, $"{section + 1}. {en}"))));
                blocks.AddRange(some);
                section++;
            }
        }

        Add("总体情况", "Overall", Overall(facts, words));
        Add(facts.IsCounty ? "各校情况" : "各地情况", "Standings", Standings(facts, words));
        Add("与上一周期相比", "Since the last cycle", Changes(facts, words));
        Add("报送、退回与审核", "Reporting, returns and review", Reporting(facts, words));
        Add("尚未报送", "Still missing", Missing(facts, words));
        Add("突出问题", "Where it is red", Red(facts, words));
        Add("下一步要求", "What is asked for now", Asked(facts, words));
        return new(
            words.Of($"{place.NameZh}{programme.Name.Zh}督导通报", $"Bulletin: {programme.Name.En}, {place.NameEn}"),
            number ?? words.Of($"＿＿＿＿〔{words.Made.Year}〕＿＿＿号（文号待填写）", "No. ____________ (to be filled in)"),
            words.Of($"关于{cycle.NameZh}督导情况的通报", $"Bulletin on {cycle.NameEn}"),
            words.Of(facts.IsProvince ? "各市（含定州、辛集市）教育行政部门：" : facts.IsCounty ? "各中小学校：" : "各县（市、区）教育行政部门：", facts.IsProvince ? "To the education departments of all cities" : facts.IsCounty ? "To all schools" : "To the education departments of all counties"),
            blocks, words.Of($"{place.NameZh}教育行政部门", $"Education department of {place.NameEn}"), words.Of("（印章）", "(seal)"), words.Date(words.Made),
            [words.Of(
                $"注：本通报由耕读平台依据各单位签署提交的数据自动生成，签发前请核对。公式版本 {programme.IndicatorsVersion}，项目版本 {programme.Version}；▼ 低于目标的 80%，△ 接近目标。",
                $"Written by the platform from signed submissions; to be checked before it is issued. Formulas {programme.IndicatorsVersion}, programme {programme.Version}; ▼ below 80 % of the target, △ near it.")],
            words.Watermark);
    }

    private static IEnumerable<BulletinBlock> Overall(BulletinFacts facts, ExportWords words)
    {
        var (now, reported) = (facts.Now, facts.Now.Completeness);
        yield return new BulletinParagraph(words.Of(
            $"本周期纳入名单的学校 {reported.Schools:N0} 所，应报模块 {reported.Due:N0} 个，已报 {reported.Submitted:N0} 个，报送率 {ExportWords.Percent(reported.Rate)}；其中按时 {reported.OnTime:N0} 个，占应报的 {ExportWords.Percent(reported.TimelyRate)}。",
            $"{reported.Schools:N0} schools are on the roster; {reported.Submitted:N0} of {reported.Due:N0} module reports were submitted ({ExportWords.Percent(reported.Rate)}), {reported.OnTime:N0} of them on time ({ExportWords.Percent(reported.TimelyRate)} of those due)."));
        if (now.Index.Value is not { } index)
        {
            yield break;
        }

        var than = facts.Before?.Index.Value is { } was
            ? words.Of($"，上一周期（{facts.Cycle.PreviousZh}）为 {was:0.0}，{(index > was ? $"提高 {index - was:0.0}" : index < was ? $"下降 {was - index:0.0}" : "持平")}",
                $" ({was:0.0} in {facts.Cycle.PreviousEn}: {(index > was ? $"up by {index - was:0.0}" : index < was ? $"down by {was - index:0.0}" : "unchanged")})")
            : "";
        var areas = now.Areas.Where(area => area.Score is not null).Select(area => $"{words.Of(facts.Programme.Areas.First(a => a.Key == area.Key).Name)} {area.Score:0.0}{Mark(area.Light)}");
        yield return new BulletinParagraph(words.Of(
            $"实施指数为 {index:0.0}（满分 100）{than}。各领域得分：{string.Join("，", areas)}。", $"The index is {index:0.0} of 100{than}. By area: {string.Join(", ", areas)}."));
    }

    private static IEnumerable<BulletinBlock> Standings(BulletinFacts facts, ExportWords words)
    {
        // Nobody leads, or is last, who has not reported yet: those are named as missing.
        var rated = facts.Standings.Where(child => child.Index.Value is not null && child.Completeness.Submitted > 0).ToList();
        if (rated.Count > 1)
        {
            string Names(IEnumerable<ChildResponse> some) => string.Join(words.Of("、", ", "), some.Select(child => words.Of($"{child.Organisation.NameZh}（{child.Index.Value:0.0}）", $"{child.Organisation.NameEn} ({child.Index.Value:0.0})")));
            var few = Math.Min(Foremost, rated.Count / 2);
            yield return new BulletinParagraph(words.Of(
                $"已有报送的 {rated.Count} 个单位中，指数居前的是{Names(rated.Take(few))}；居后的是{Names(rated.TakeLast(few).Reverse())}。",
                $"Of the {rated.Count} units that have reported, {Names(rated.Take(few))} lead; {Names(rated.TakeLast(few).Reverse())} come last."));
        }

        if (facts.Now.Children.Count > 0)
        {
            var areas = facts.Programme.Areas;
            yield return new BulletinTable(words.Of("各单位得分与报送率", "Scores and reporting, unit by unit"),
                [words.Of("单位", "Unit"), words.Of("名次", "Rank"), words.Of("实施指数", "Index"), .. areas.Select(area => words.Of(area.Name)), words.Of("报送率", "Reported"), words.Of("按时率", "On time")],
                [.. facts.Standings.Select(child => (IReadOnlyList<string>)
                [
                    words.Of(child.Organisation), Rank(facts.Standings, child), Score(child.Index.Value, child.Index.Light), .. child.Areas.Select(area => Score(area.Score, area.Light)),
                    ExportWords.Percent(child.Completeness.Rate), ExportWords.Percent(child.Completeness.TimelyRate),
                ])]);
        }
    }

    private static IEnumerable<BulletinBlock> Changes(BulletinFacts facts, ExportWords words)
    {
        if (facts.Before is null)
        {
            yield break;
        }

        var changes = facts.Changes;
        var (better, worse) = (changes.Where(change => change.Better == true).ToList(), changes.Where(change => change.Better == false).ToList());
        yield return new BulletinParagraph(words.Of(
            $"与{facts.Cycle.PreviousZh}相比，{better.Count} 项指标改善，{worse.Count} 项变差，报送率由 {ExportWords.Percent(facts.Before.Completeness.Rate)} 变为 {ExportWords.Percent(facts.Now.Completeness.Rate)}。",
            $"Since {facts.Cycle.PreviousEn}, {better.Count} indicators are better and {worse.Count} worse; reporting went from {ExportWords.Percent(facts.Before.Completeness.Rate)} to {ExportWords.Percent(facts.Now.Completeness.Rate)}."));
        if (changes.Count > 0)
        {
            yield return new BulletinTable(words.Of("指标变化", "Indicators that changed"), [words.Of("指标", "Indicator"), words.Of("上一周期", "Before"), words.Of("本周期", "Now"), words.Of("变化", "Change"), words.Of("评价", "Means")],
                [.. changes.Select(change => (IReadOnlyList<string>)
                [
                    $"{change.Indicator.Id} {words.Of(change.Indicator.Name)}{(change.Indicator.Unit is null ? "" : $" ({words.Of(change.Indicator.Unit)})")}", ExportWords.Number(change.Was, change.Indicator.Decimals),
                    ExportWords.Number(change.Is, change.Indicator.Decimals), (change.Is > change.Was ? "+" : "−") + ExportWords.Number(Math.Abs(change.Is - change.Was), change.Indicator.Decimals),
                    change.Better switch { true => words.Of("改善", "better"), false => words.Of("变差", "worse"), _ => "–" },
                ])]);
        }
    }

    private static IEnumerable<BulletinBlock> Reporting(BulletinFacts facts, ExportWords words)
    {
        var c = facts.Now.Completeness;
        yield return new BulletinParagraph(words.Of(
            $"已报模块中，逾期 {c.Late:N0} 个，目前退回待改 {c.Returned:N0} 个；通过县级审核 {c.CountyApproved:N0} 个，通过市级审核 {c.CityApproved:N0} 个，省级确认 {c.Accepted:N0} 个{(c.Exempt > 0 ? $"；免报 {c.Exempt:N0} 个单位" : "")}。",
            $"Of those submitted {c.Late:N0} were late and {c.Returned:N0} are returned for correction now; {c.CountyApproved:N0} passed the county, {c.CityApproved:N0} the city, {c.Accepted:N0} were accepted by the province{(c.Exempt > 0 ? $"; {c.Exempt:N0} organisations are exempt" : "")}."));
        var returned = facts.Now.Children.Where(child => child.Completeness.Returned > 0).OrderByDescending(child => child.Completeness.Returned).ThenBy(child => child.Organisation.Code, StringComparer.Ordinal).ToList();
        if (returned.Count > 0)
        {
            yield return new BulletinParagraph(words.Of($"退回待改的单位：{List(returned, child => child.Completeness.Returned, words)}。", $"Returned and waiting: {List(returned, child => child.Completeness.Returned, words)}."));
        }
    }

    private static IEnumerable<BulletinBlock> Missing(BulletinFacts facts, ExportWords words)
    {
        var (c, owing) = (facts.Now.Completeness, facts.Owing);
        yield return new BulletinParagraph(c.Submitted >= c.Due
            ? words.Of("应报模块已全部报送。", "All that was due has been submitted.")
            : words.Of($"尚有 {c.Due - c.Submitted:N0} 个模块未报{(owing.Count > 0 ? $"，涉及 {owing.Count} 个单位：{List(owing, child => child.Completeness.Due - child.Completeness.Submitted, words)}" : "")}。",
                $"{c.Due - c.Submitted:N0} module reports are missing{(owing.Count > 0 ? $", in {owing.Count} units: {List(owing, child => child.Completeness.Due - child.Completeness.Submitted, words)}" : "")}."));
    }

    private static IEnumerable<BulletinBlock> Red(BulletinFacts facts, ExportWords words)
    {
        var red = facts.Now.Indicators.Where(figure => figure.Light == "red").ToList();
        yield return new BulletinParagraph(words.Of(
            $"已评分指标中，达标 {facts.Now.Indicators.Count(f => f.Light == "green")} 项，接近目标 {facts.Now.Indicators.Count(f => f.Light == "amber")} 项，未达标 {red.Count} 项。",
            $"Of the rated indicators {facts.Now.Indicators.Count(f => f.Light == "green")} are met, {facts.Now.Indicators.Count(f => f.Light == "amber")} near, {red.Count} missed."));
        if (red.Count > 0)
        {
            yield return new BulletinTable(words.Of("未达标指标", "Indicators that are missed"), [words.Of("指标", "Indicator"), words.Of("数值", "Value"), words.Of("目标", "Target"), words.Of("覆盖学校", "Schools counted")],
                [.. red.Select(figure => (figure, indicator: facts.Programme.Indicators.First(i => i.Id == figure.Id))).Select(pair => (IReadOnlyList<string>)
                [
                    $"{pair.figure.Id} {words.Of(pair.indicator.Name)}{(pair.indicator.Unit is null ? "" : $" ({words.Of(pair.indicator.Unit)})")}", Score(pair.figure.Value, "red", pair.indicator.Decimals),
                    Summary.SummaryReader.Target(pair.indicator, words), string.Create(CultureInfo.InvariantCulture, $"{pair.figure.Passport.Coverage.Reported} / {pair.figure.Passport.Coverage.Due}"),
                ])]);
        }
    }

    private static IEnumerable<BulletinBlock> Asked(BulletinFacts facts, ExportWords words)
    {
        var (c, cycle) = (facts.Now.Completeness, facts.Cycle);
        var asked = new List<string>();
        if (c.Submitted < c.Due)
        {
            asked.Add(words.Of(
                cycle.Deadline is { } deadline && deadline > words.Made ? $"尚未报送的单位应于 {words.Date(deadline)} 前完成填报和签署。" : "尚未报送的单位已过截止时间，应立即补报并说明原因。",
                cycle.Deadline is { } until && until > words.Made ? $"Units that have not reported do so by {words.Date(until)}." : "Units that have not reported are past the deadline: report at once and say why."));
        }

        if (c.Returned > 0)
        {
            asked.Add(words.Of("被退回的模块应按退回意见逐格核对、改正后重新签署提交。", "What was returned is to be checked cell by cell against the reasons given, corrected and signed again."));
        }

        if (facts.Now.Indicators.Any(figure => figure.Light == "red"))
        {
            asked.Add(words.Of("对未达标指标，应查明原因，提出整改措施和时限，并在下一周期报送进展。", "For each indicator that is missed: find the cause, say what is done about it and until when, and report on it in the next cycle."));
        }

        return asked.Select((text, i) => new BulletinParagraph(words.Of($"（{s_numerals[i]}）{text}", string.Create(CultureInfo.InvariantCulture, $"({i + 1}) {text}"))));
    }

    private static string List(IReadOnlyList<ChildResponse> units, Func<ChildResponse, int> count, ExportWords words)
    {
        var named = string.Join(words.Of("、", ", "), units.Take(Named).Select(child => words.Of($"{child.Organisation.NameZh}（{count(child)}）", $"{child.Organisation.NameEn} ({count(child)})")));
        return units.Count <= Named ? named : words.Of($"{named}等", $"{named} and {units.Count - Named} more");
    }

    // Equal scores share a rank.
    private static string Rank(IReadOnlyList<ChildResponse> standings, ChildResponse child) => child.Index.Value is { } value
        ? (1 + standings.Count(other => other.Index.Value > value)).ToString(CultureInfo.InvariantCulture) : "–";

    private static string Score(decimal? value, string light, int decimals = 1) => ExportWords.Number(value, decimals) + Mark(light);

    private static string Mark(string light) => light switch { "red" => " ▼", "amber" => " △", _ => "" };
}
