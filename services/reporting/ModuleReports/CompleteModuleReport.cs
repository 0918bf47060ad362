using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Reporting.ModuleReports;

internal sealed record CompletionResponse(long Version, ModuleReportState State, IReadOnlyList<Finding> Results, double Completion);

/// <summary>The reporter says "done": refused while an error or an unexplained warning stands.</summary>
internal static class CompleteModuleReport
{
    public static async Task<Results<Ok<CompletionResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, Caller caller, Database database, ProgrammeCatalogue catalogue, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
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

        var findings = Findings.Of(dossier, moduleReport.Explanations, JsonElement.Parse(dossier.Values), now);
        db.Attach(moduleReport);
        moduleReport.FillInWith(dossier.Programme.Version);
        if (moduleReport.Complete(dossier.Values, findings, dossier.Window, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        db.Audit(dossier.Audited(caller, "module-report.completed", new { moduleReport.Version }), now);
        await db.SaveChangesAsync(cancellationToken);
        EntityTag.Set(http.Response, moduleReport.Version);
        return TypedResults.Ok(new CompletionResponse(moduleReport.Version, moduleReport.State, findings.Results, findings.Completion));
    }
}
