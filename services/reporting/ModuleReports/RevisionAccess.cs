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
        var at = await db.ModuleReports.Where(m => m.Id == moduleReportId).Select(m => new { m.OrganisationId, m.OrganisationPath }).SingleOrDefaultAsync(cancellationToken);
        return at is null || !caller.SeesReport(at.OrganisationId, at.OrganisationPath) ? GeneralProblems.NotFound
            : caller.Owns(at.OrganisationId) || caller.MayActAs(at.OrganisationPath, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner) ? null
            : GeneralProblems.Forbidden;
    }
}
