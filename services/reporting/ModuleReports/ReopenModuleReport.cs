using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Takes "done" back, so that values can be changed again.</summary>
internal static class ReopenModuleReport
{
    public static async Task<Results<Ok<CompletionResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, Caller caller, Database database, ProgrammeCatalogue catalogue, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await ModuleReportDossier.FindAsync(database, catalogue, id, null, cancellationToken) is not { } dossier || !caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(dossier.Report.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        var moduleReport = dossier.ModuleReport;
        if (EntityTag.Check(http.Request, moduleReport.Version) is { } stale)
        {
            return stale.ToHttpResult();
        }

        db.Attach(moduleReport);
        if (moduleReport.Reopen(dossier.Window) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        db.Audit(dossier.Audited(caller, "module-report.reopened", new { moduleReport.Version }), now);
        await db.SaveChangesAsync(cancellationToken);
        EntityTag.Set(http.Response, moduleReport.Version);
        var findings = Findings.Of(dossier, moduleReport.Explanations, JsonElement.Parse(dossier.Values), now);
        return TypedResults.Ok(new CompletionResponse(moduleReport.Version, moduleReport.State, findings.Results, findings.Completion));
    }
}
