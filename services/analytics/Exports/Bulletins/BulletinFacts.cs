using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.Rules;
using Npgsql;

namespace Gengdu.Analytics.Exports.Bulletins;

/// <summary>What a bulletin is written from: the place now and in the cycle before, as its dashboards show it to the same person.</summary>
/// <param name="Before">Null when there is no cycle before, or the place was not in it.</param>
internal sealed record BulletinFacts(NodeDashboardResponse Now, NodeDashboardResponse? Before, ExportCycle Cycle, Programme Programme)
{
    public bool IsProvince => Now.Organisation.LevelRoles.Contains("province");

    /// <summary>The units below are schools.</summary>
    public bool IsCounty => Now.Children.All(child => child.Organisation.LevelRoles.Contains("school"));

    /// <summary>Units below by index, best first; without one last, by code.</summary>
    public IReadOnlyList<ChildResponse> Standings => [.. Now.Children.OrderByDescending(child => child.Index.Value ?? -1).ThenBy(child => child.Organisation.Code, StringComparer.Ordinal)];

    /// <summary>Units that owe something still, those that owe most first.</summary>
    public IReadOnlyList<ChildResponse> Owing => [.. Now.Children.Where(child => child.Completeness.Submitted < child.Completeness.Due)
        .OrderByDescending(child => child.Completeness.Due - child.Completeness.Submitted).ThenBy(child => child.Organisation.Code, StringComparer.Ordinal)];

    /// <summary>Indicators that changed since the cycle before: what they were, what they are, and whether that is better (null where neither way is).</summary>
    public IReadOnlyList<(Indicator Indicator, decimal Was, decimal Is, bool? Better)> Changes => Before is null ? [] :
        [.. from figure in Now.Indicators
            join was in Before.Indicators on figure.Id equals was.Id
            let indicator = Programme.Indicators.First(one => one.Id == figure.Id)
            where figure.Value is not null && was.Value is not null && figure.Value != was.Value && !indicator.Information
            select (indicator, was.Value!.Value, figure.Value!.Value, indicator.Direction switch { "up" => figure.Value > was.Value, "down" => figure.Value < was.Value, _ => (bool?)null })];

    public static async Task<BulletinFacts> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, DashboardHead head, Guid cycleId, ExportCycle cycle, CancellationToken cancellationToken)
    {
        var now = await PlaceUnits.NodeAsync(connection, caller, head, cycleId, cancellationToken);
        NodeDashboardResponse? before = null;
        if (cycle.PreviousId is { } previous
            && (await DashboardHead.ReadAsync(connection, programmes, caller, head.Organisation.Id, previous, cancellationToken)).Head is { } then
            && await NodeRows.ReadAsync(connection, then, caller, previous, [], cancellationToken) is { Completeness.Due: > 0 } rows)
        {
            before = GetNodeDashboard.Compose(then, rows, previous);
        }

        return new(now, before, cycle, head.Formulas.Programme);
    }
}
