using Gengdu.Organisations;

namespace Gengdu.Reporting.Reports;

/// <summary>
/// The line above a report is that of its stored path, which follows the tree until the cycle closes (<see cref="ReportPlaces"/>).
/// The own people are known by the organisation: a school that moves or is merged in the middle of a cycle keeps its report.
/// </summary>
internal static class ReportAccess
{
    /// <summary>Whether the caller is one of the organisation's own people in one of these roles (reporter, approver).</summary>
    public static bool Owns(this Caller caller, Guid organisationId, params ReadOnlySpan<string> roles)
    {
        foreach (var right in caller.Rights)
        {
            if (!right.CoversSubtree && right.OrganisationId == organisationId && (roles.IsEmpty || roles.Contains(right.Role)))
            {
                return true;
            }
        }

        return false;
    }

    public static bool SeesReport(this Caller caller, Guid organisationId, string path) =>
        caller.Owns(organisationId) || caller.Rights.Any(right => right.CoversSubtree && right.Covers(path));

    public static IQueryable<Report> VisibleTo(this IQueryable<Report> reports, Caller caller)
    {
        var own = caller.Rights.Where(right => !right.CoversSubtree).Select(right => right.OrganisationId).Distinct().ToArray();
        if (caller.SubtreePaths().Length == 0)
        {
            return reports.Where(report => own.Contains(report.OrganisationId));
        }

        var below = reports.VisibleTo(caller, report => report.OrganisationPath);
        return own.Length == 0 ? below : reports.Where(report => own.Contains(report.OrganisationId) || below.Any(other => other.Id == report.Id));
    }
}
