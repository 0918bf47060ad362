using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Programmes;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Npgsql;

namespace Gengdu.Analytics.Exports.Pages;

/// <summary>From the answers that the screen gets to the page that is printed.</summary>
internal static class PageFacts
{
    /// <returns>The page and how many places stand on it, or why there is none.</returns>
    public static async Task<(string? Html, int Places, Problem? Problem)> ReadAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, GroupShelf shelf, Caller caller, DashboardHead head, Guid cycleId, ExportCycle cycle, ExportWords words, CancellationToken cancellationToken)
    {
        var programme = head.Formulas.Programme;
        var page = new PageWords(words);
        var frame = new PageFrame(programme, cycle, page);
        if (head.IsSchool)
        {
            if (await SchoolRows.ReadAsync(connection, head, cycleId, cancellationToken) is not { } own)
            {
                return (null, 0, AnalyticsProblems.NotOnRoster);
            }

            var school = GetSchoolDashboard.Compose(head, own, cycleId);
            var with = school.Indicators.Where(figure => figure is { Later: null, Value: not null }).Select(figure => figure.Id);
            var periods = await NodeCharts.PeriodsAsync(connection, programmes, head, "K03", with, cancellationToken);
            return (SchoolPage.Write(school, await BeforeAsync(connection, programmes, caller, head, cycle, cancellationToken), periods, programme, frame, page), 1, null);
        }

        var rows = await NodeRows.ReadAsync(connection, head, caller, cycleId, [], cancellationToken);
        var node = GetNodeDashboard.Compose(head, rows, cycleId);
        var charts = await NodeCharts.ReadAsync(connection, programmes, shelf, caller, head, rows, node, cycleId, cancellationToken);
        return (NodePage.Write(node, charts, programme, frame, page), 1 + node.Children.Count, null);
    }

    private static async Task<IReadOnlyList<AreaResponse>?> BeforeAsync(
        NpgsqlConnection connection, ProgrammeShelf programmes, Caller caller, DashboardHead head, ExportCycle cycle, CancellationToken cancellationToken) =>
        cycle.PreviousId is { } previous && (await DashboardHead.ReadAsync(connection, programmes, caller, head.Organisation.Id, previous, cancellationToken)).Head is { } then
        && await SchoolRows.ReadAsync(connection, then, previous, cancellationToken) is { } rows ? GetSchoolDashboard.Compose(then, rows, previous).Areas : null;
}
