using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Submitted content is open to the organisation's own people and to the line above it; an administrator's role shows none.</summary>
internal static class RevisionAccess
{
    public static async Task<Problem?> RefuseAsync(Guid moduleReportId, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var at = await db.ModuleReports.Where(m => m.Id == moduleReportId).Select(m => new { m.OrganisationId, m.OrganisationPath, m.ModuleKey }).SingleOrDefaultAsync(cancellationToken);
        return at is null || !caller.SeesReport(at.OrganisationId, at.OrganisationPath) ? GeneralProblems.NotFound
            : caller.ReadsSubmitted(at.OrganisationId, at.OrganisationPath, at.ModuleKey) ? null
            : GeneralProblems.Forbidden;
    }

    /// <summary>A reviewer group reads the modules it is for; a report as a whole is not its business.</summary>
    public static bool ReadsSubmitted(this Caller caller, Guid organisationId, string path, string? moduleKey = null) =>
        caller.Owns(organisationId) || caller.MayActAs(path, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner)
        || (moduleKey is not null && caller.Rights.Any(right => right.IsGroupFor(path, moduleKey)));
}
