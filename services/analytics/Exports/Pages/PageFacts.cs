using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Dashboards;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>From the answers that the screen gets to the page that is printed.</summary>
internal static class PageFacts
{
    /// <returns>The page and how many places stand on it, or why there is none.</returns>
    public static async Task<(string? Html, int Places, Problem? Problem)> ReadAsync(
        NpgsqlConnection connection, Caller caller, DashboardHead head, Guid cycleId, ExportCycle cycle, ExportWords words, CancellationToken cancellationToken)
    {
        var programme = head.Formulas.Programme;
        var page = new PageWords(words);
        var frame = new PageFrame(programme, cycle, page);
        if (head.IsSchool)
        {
            return await SchoolRows.ReadAsync(connection, head, cycleId, cancellationToken) is { } rows
                ? (SchoolPage.Write(GetSchoolDashboard.Compose(head, rows, cycleId), programme, frame, page), 1, null) : (null, 0, AnalyticsProblems.NotOnRoster);
        }

        var node = await PlaceUnits.NodeAsync(connection, caller, head, cycleId, cancellationToken);
        var progress = head.Organisation.LevelRoles.Contains("county") ? await GetProgress.ReadAsync(connection, head, caller, cycleId, cancellationToken) : null;
        return (NodePage.Write(node, progress, programme, frame, page), 1 + node.Children.Count, null);
    }
}
