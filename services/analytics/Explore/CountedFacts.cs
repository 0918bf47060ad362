using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Rules;

namespace Gengdu.Analytics.Explore;

/// <summary>Facts by kinds of schools, from the groups that pages of single numbers keep: counted once however many ask, and kept for the next.</summary>
internal sealed class CountedFacts(GroupShelf shelf)
{
    /// <returns>The facts, whether more has come since they were counted, and the newest submission or review in them.</returns>
    public async Task<(List<Fact> Facts, bool Behind, DateTimeOffset? AsOf)> ReadAsync(
        DashboardHead head, Guid cycleId, IReadOnlyList<Indicator> indicators, IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        var dimension = kinds is [var only] && only is not (Asked.City or Asked.County or Asked.School or "state")
            ? Dimension.Of(only, head.Formulas.Programme)!
            : Dimension.Across(kinds, head.Formulas.Programme);
        var (facts, behind, asOf) = (new List<Fact>(), false, (DateTimeOffset?)null);
        // One after the other: they read the same rows, and the cores are those of intake.
        foreach (var indicator in indicators)
        {
            var (rows, old) = await shelf.ReadAsync(new(head, indicator), dimension, cycleId, cancellationToken);
            (behind, asOf) = (behind || old, asOf is null || rows.AsOf > asOf ? rows.AsOf ?? asOf : asOf);
            facts.AddRange(rows.Groups.Where(group => group.Due > 0).Select(group => new Fact(
                KeysOf(group.Key.Split(Dimension.Between), indicator.Id, cycleId, kinds),
                new(group.Numerator ?? 0, group.Denominator ?? 0, group.Due, group.Reported, group.Approved))));
        }

        return (facts, behind, asOf);
    }

    private static Dictionary<string, string> KeysOf(string[] parts, string indicator, Guid cycleId, IReadOnlyList<string> kinds)
    {
        var keys = new Dictionary<string, string> { [Asked.Cycle] = cycleId.ToString(), [Asked.Indicator] = indicator };
        for (var at = 0; at < kinds.Count; at++)
        {
            keys[kinds[at]] = parts[at];
        }

        return keys;
    }
}
