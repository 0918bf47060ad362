using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Reports;

internal sealed record ListPresencesResponse(IReadOnlyList<PresentPerson> Items);

/// <summary>Who of the organisation's own people has which module of the report open; nobody else is told. Not audited, as a heartbeat is not.</summary>
internal static class ListPresences
{
    public static async Task<Results<Ok<ListPresencesResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var report = await db.Reports.Where(r => r.Id == id).Select(r => new { r.OrganisationId, r.OrganisationPath }).SingleOrDefaultAsync(cancellationToken);
        if (report is null || !caller.SeesReport(report.OrganisationId, report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(report.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        var since = clock.GetUtcNow() - Presence.Believed;
        var items = await db.Presences.Where(p => p.SeenAt > since && db.ModuleReports.Any(m => m.Id == p.ModuleReportId && m.ReportId == id))
            .OrderBy(p => p.ModuleReportId).ThenBy(p => p.PersonId).Take(200)
            .Select(p => new PresentPerson(p.ModuleReportId, p.PersonId, p.Name, p.SeenAt, p.PersonId == caller.PersonId)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new ListPresencesResponse(items));
    }
}
