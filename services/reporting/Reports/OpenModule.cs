using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Programmes;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Reports;

/// <summary>Each part as its own address answers it, all three of one moment.</summary>
/// <param name="Report">As GetReport answers it.</param>
/// <param name="ModuleReport">As GetModuleReport answers it; its ETag is made of the version.</param>
/// <param name="Form">The version of the programme this module report is on, as GetProgrammeVersion answers it for this module.</param>
internal sealed record OpenedModuleResponse(ReportResponse Report, ModuleReportResponse ModuleReport, JsonElement Form);

/// <summary>
/// Everything the page of a module needs, by what stands in its address. On a slow line each question waits for the answer before it:
/// the report names the module, the module the version of its form (ADR 0023).
/// </summary>
internal static class OpenModule
{
    public static async Task<Results<Ok<OpenedModuleResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, string moduleKey, Caller caller, Database database, ReportingDbContext db, ProgrammeCatalogue catalogue, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var report = await db.Reports.VisibleTo(caller).SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        var shown = report is null ? null : (await ReportResponse.OfAsync([report], caller, db, cancellationToken))[0];
        return shown?.Modules.FirstOrDefault(module => module.Key == moduleKey) is { } module
            && await ModuleReportDossier.FindAsync(database, catalogue, module.Id, null, cancellationToken) is { } dossier
            && caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath)
            ? TypedResults.Ok(new OpenedModuleResponse(shown, await GetModuleReport.ShowAsync(dossier, caller, trail, clock.GetUtcNow()), catalogue.FormOf(dossier.Programme, moduleKey)))
            : GeneralProblems.NotFound.ToHttpResult();
    }
}
