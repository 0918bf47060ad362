using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Maps;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>How the schools of each group spread in one indicator.</summary>
internal sealed record SpreadFacts(Indicator Indicator, string By, GroupRows Rows, IReadOnlyList<GroupResponse> Groups);

/// <summary>One indicator over the cycles.</summary>
internal sealed record PeriodFacts(Indicator Indicator, IReadOnlyList<SeriesPointResponse> Points);

/// <summary>
/// What the drawings of a place are made of beside its dashboard. Where the screen lets people choose the indicator, paper has the one that the screen
/// begins with.
/// </summary>
/// <param name="Counties">All of a province's, wherever they hang.</param>
/// <param name="Shares">Of the places directly below: what the control chart counts.</param>
/// <param name="Money">What the money goes into.</param>
/// <param name="Map">The approved map in force; null for the cartogram.</param>
internal sealed record NodeCharts(
    IReadOnlyList<PlaceBelow> Counties, ProgressResponse? Progress, PeriodFacts? Periods, SpreadFacts? Spread, (Indicator Indicator, IReadOnlyList<ChildRow> Rows)? Shares,
    (GroupRows Rows, Text? Unit)? Money, (Indicator Indicator, SparklinesResponse Lines)? Trends, PrintedMap? Map)
{
    private const string MoneyModule = "capital-investment";
    private const string MoneyUses = "uses";

    public static NodeCharts None { get; } = new([], null, null, null, null, null, null, null);

    public static async Task<NodeCharts> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, GroupShelf shelf, Caller caller, DashboardHead head, NodeRows rows, NodeDashboardResponse node, Guid cycleId,
        CancellationToken cancellationToken)
    {
        var (roles, programme) = (head.Organisation.LevelRoles, head.Formulas.Programme);
        var (isProvince, isCounty) = (roles.Contains("province"), roles.Contains("county"));
        var ratios = programme.Indicators.Where(one => one is { Kind: "ratio", Later: null, Numerator: not null }).ToList();
        return new(
            isProvince ? await PlacesBelow.ReadAsync(connection, head, PlacesBelow.Counties, caller, cycleId, cancellationToken) : [],
            isCounty ? await GetProgress.ReadAsync(connection, head, caller, cycleId, cancellationToken) : null,
            await PeriodsAsync(connection, programmes, head, "K02", node.Indicators.Where(figure => figure is { Later: null, Value: not null }).Select(figure => figure.Id), cancellationToken),
            Begin(ratios, "K27", "K03", "K22") is { } spread ? await SpreadAsync(shelf, caller, head, spread, isProvince ? "city" : isCounty ? "school-type" : "county", cycleId, cancellationToken) : null,
            !isProvince && !isCounty && Begin([.. programme.Indicators.Where(one => one is { Kind: "share", Later: null })], "K02") is { } share ? (share, rows.Children) : null,
            await MoneyAsync(programmes, shelf, head, cycleId, cancellationToken),
            !isProvince && Begin([.. programme.Indicators.Where(one => one.Later is null && one.Kind is not ("timeliness" or "dispersion"))], "K03") is { } trend
                ? (trend, await GetSparklines.ReadAsync(connection, programmes, new(head, trend), caller, cycleId, cancellationToken)) : null,
            isCounty ? null : await PrintedMap.ReadAsync(connection, cancellationToken));
    }

    /// <param name="first">What the screen begins with, where it has a value.</param>
    public static async Task<PeriodFacts?> PeriodsAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, DashboardHead head, string first, IEnumerable<string> withValue, CancellationToken cancellationToken)
    {
        var ids = withValue.ToHashSet();
        return Begin([.. head.Formulas.Programme.Indicators.Where(one => ids.Contains(one.Id))], first) is not { } indicator ? null
            : new(indicator, [.. (await GetSeries.PointsAsync(connection, programmes, new(head, indicator), SeriesTree.Cycle, published: true, cancellationToken)).Where(point => point.Due > 0)]);
    }

    private static async Task<SpreadFacts> SpreadAsync(
        GroupShelf shelf, Caller caller, DashboardHead head, Indicator indicator, string by, Guid cycleId, CancellationToken cancellationToken)
    {
        var dimension = Dimension.Of(by, head.Formulas.Programme)!;
        var (rows, _) = await shelf.ReadAsync(new(head, indicator), dimension, cycleId, cancellationToken);
        return new(indicator, by, rows, await shelf.SeenAsync(rows, caller, head, dimension, cancellationToken));
    }

    private static async Task<(GroupRows, Text?)?> MoneyAsync(ProgrammeShelf programmes, GroupShelf shelf, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        var fields = FieldSums.Fields(head.Formulas.Programme, MoneyModule, MoneyUses);
        return fields.Count == 0 ? null : ((await shelf.ReadAsync(FieldSums.Question(programmes, head, MoneyModule, MoneyUses, cycleId), cancellationToken)).Rows, fields.Select(field => field.Unit).Distinct().Count() == 1 ? fields[0].Unit : null);
    }

    private static Indicator? Begin(List<Indicator> indicators, params ReadOnlySpan<string> wished)
    {
        foreach (var id in wished)
        {
            if (indicators.FirstOrDefault(one => one.Id == id) is { } found)
            {
                return found;
            }
        }

        return indicators.Count == 0 ? null : indicators[0];
    }
}
