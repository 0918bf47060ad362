using Gengdu.Analytics.Exports.Pages.Plots;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>One number over the periods, each by the formula of its own time; what was published stays as it was published.</summary>
internal static class PeriodCard
{
    public static string Write(PeriodFacts? facts, PageWords words)
    {
        if (facts is not { Points.Count: > 0 } || facts.Points.All(point => point.Value is null))
        {
            return "";
        }

        var indicator = facts.Indicator;
        var periods = facts.Points.Select(point => new PlotPeriod(words.Words.Of(point.NameZh, point.NameEn), (double?)point.Value, (double?)point.Published?.Value, point.DefinitionChanged)).ToList();
        var drawing = Drawings.Periods(words.Words.Of(indicator.Name), periods, words.Values(indicator, (decimal?)facts.Points[^1].Target));
        var notes = (periods.Exists(period => period.Published is not null)
                ? $"<p class=\"key\"><span><i class=\"c0\" style=\"background:var(--part)\"></i>{words.Of(indicator.Name)}</span><span><i class=\"c1\" style=\"background:var(--part)\"></i>{words.Of("公布值", "Published")}</span></p>" : "")
            + (periods.Exists(period => period.Changed)
                ? $"<p class=\"note\">{words.Of("空心菱形表示定义从该期起有变，前后不可直接相比。", "A hollow diamond: computed otherwise from then on, so the two sides do not compare.")}</p>" : "");
        return PageFrame.Card($"{words.Of("逐期变化", "Over the periods")}<small>{words.Of(indicator.Name)}</small>", drawing + notes, whole: true);
    }
}
