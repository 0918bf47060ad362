using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>A page was closed: colleagues need not wait for the minute to pass.</summary>
internal static class EndPresence
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        var module = await db.ModuleReports.Where(m => m.Id == id).Select(m => new { m.OrganisationId, m.OrganisationPath }).SingleOrDefaultAsync(cancellationToken);
        if (module is null || !caller.SeesReport(module.OrganisationId, module.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(module.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        await db.Presences.Where(p => p.ModuleReportId == id && p.PersonId == caller.PersonId).ExecuteDeleteAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
