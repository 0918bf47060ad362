using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;

namespace Gengdu.Analytics.Live;

/// <summary>What is new at a place; one server-sent event.</summary>
/// <param name="Whole">Whether all indicators are in it, and not those alone that changed.</param>
/// <param name="Indicators">Without the names of excluded schools, which not everybody who sees the place may see.</param>
public sealed record LiveFiguresResponse(
    bool Whole, DateTimeOffset AsOf, CompletenessResponse Completeness, IReadOnlyList<AreaResponse> Areas, IndexResponse Index, IReadOnlyList<FigureResponse> Indicators);

internal static class StreamNodeDashboard
{
    /// <summary>The figures of a province, city or county as they change: first all of them, then those that are new.</summary>
    public static Task HandleAsync(Guid organisationId, Guid cycleId, HttpContext http, Caller caller, LiveStream stream) =>
        stream.ServeAsync(http, caller, organisationId, cycleId, school: false, (head, node, whole) => News(head, cycleId, node, whole));

    private static LiveFiguresResponse News(DashboardHead head, Guid cycleId, LiveNode node, bool whole)
    {
        var rows = new NodeRows { Parents = [], Completeness = node.Completeness, Figures = node.Figures, Excluded = Array.Empty<(string Key, ExcludedResponse Row)>().ToLookup(e => e.Key, e => e.Row), Children = [] };
        var page = GetNodeDashboard.Compose(head, rows, cycleId);
        var figures = whole ? page.Indicators : [.. page.Indicators.Where(figure => node.Changed.Contains(figure.Id) || figure.Kind == "timeliness")];
        return new(whole, page.AsOf, page.Completeness, page.Areas, page.Index, figures);
    }
}
