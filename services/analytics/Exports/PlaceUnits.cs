using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Npgsql;

namespace Gengdu.Analytics.Exports;

/// <summary>A place and the units below it, as its dashboard shows them to the same person.</summary>
/// <param name="Below">In the order of the tree; the province's names the counties too (depth 2), schools stand in their county's own.</param>
internal sealed record PlaceUnits(NodeDashboardResponse Node, IReadOnlyList<(int Depth, ChildResponse Unit)> Below)
{
    public static async Task<PlaceUnits> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, DashboardHead head, Guid cycleId, CancellationToken cancellationToken)
    {
        var node = await NodeAsync(connection, caller, head, cycleId, cancellationToken);
        var below = new List<(int, ChildResponse)>();
        foreach (var child in node.Children)
        {
            below.Add((1, child));
            if (head.Organisation.LevelRoles.Contains("province") && !child.Organisation.LevelRoles.Contains("school")
                && (await DashboardHead.ReadAsync(connection, programmes, caller, child.Organisation.Id, cycleId, cancellationToken)).Head is { } city)
            {
                var inner = await NodeAsync(connection, caller, city, cycleId, cancellationToken);
                below.AddRange(inner.Children.Where(one => !one.Organisation.LevelRoles.Contains("school")).Select(one => (2, one)));
            }
        }

        return new(node, below);
    }

    /// <summary>The place alone, with what lies directly below.</summary>
    public static async Task<NodeDashboardResponse> NodeAsync(NpgsqlConnection connection, Caller caller, DashboardHead head, Guid cycleId, CancellationToken cancellationToken) =>
        GetNodeDashboard.Compose(head, await NodeRows.ReadAsync(connection, head, caller, cycleId, [], cancellationToken), cycleId);
}
