using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Submitted content is open to the organisation's own people and to the line above it; an administrator's role shows none.</summary>
internal static class RevisionAccess
{
    public static async Task<Problem?> RefuseAsync(Guid moduleReportId, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var path = await db.ModuleReports.Where(m => m.Id == moduleReportId).Select(m => m.OrganisationPath).SingleOrDefaultAsync(cancellationToken);
        return path is null || !caller.Sees(path) ? GeneralProblems.NotFound
            : caller.MayActAs(path, Roles.Reporter, Roles.Approver, Roles.CountyReviewer, Roles.CitySupervisor, Roles.ProvinceOwner) ? null
            : GeneralProblems.Forbidden;
    }
}
