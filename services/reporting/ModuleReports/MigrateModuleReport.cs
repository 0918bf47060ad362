using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.ModuleReports.Versions;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="FromVersion">The version it was filled in with.</param>
/// <param name="ToVersion">The cycle's.</param>
/// <param name="Reason">Why the form changed, in the province's words.</param>
/// <param name="RequiredBy">From then on only the new form is signed.</param>
/// <param name="Difference">Fields and rules that are different in this module.</param>
/// <param name="Carried">Cells that stand on the new form as they are.</param>
/// <param name="SetAside">What the new form does not ask for; kept in the record.</param>
/// <param name="State">Afterwards: what was complete becomes a draft when the new rules ask for more.</param>
/// <param name="Results">What the new rules say.</param>
/// <param name="Version">Of the module report.</param>
internal sealed record MigrationResponse(
    string FromVersion, string ToVersion, string? Reason, DateTimeOffset? RequiredBy, ModuleDifference Difference, int Carried, IReadOnlyList<SetAsideCell> SetAside,
    ModuleReportState State, IReadOnlyList<Finding> Results, long Version);

/// <summary>The organisation takes the new form, after it has seen what that changes.</summary>
internal static class MigrateModuleReport
{
    public static async Task<Results<Ok<MigrationResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, bool? preview, HttpContext http, Caller caller, Database database, ProgrammeCatalogue catalogue, ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
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
        if ((preview == true ? null : EntityTag.Check(http.Request, moduleReport.Version) ?? moduleReport.MayMigrate(dossier.Window)) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        // Looked at when there is no newer form, nothing would change.
        var newer = dossier.Window.NewerForm ?? new(dossier.Programme.Version, dossier.Programme.Version, null);
        var to = await catalogue.GetAsync(dossier.Programme.Key, newer.ProgrammeVersion, cancellationToken);
        var migration = FormMigration.Of(moduleReport, dossier.Programme, to, now);
        var then = (await ModuleReportDossier.FindWithAsync(database, catalogue, moduleReport, to, cancellationToken))!;
        var findings = Findings.Of(then, migration.Explanations, JsonElement.Parse(Prefill.Complete(migration.Values, then.Module, then.Report)), now);
        var state = moduleReport.StateWith(findings);
        if (preview != true)
        {
            db.Attach(moduleReport);
            if (moduleReport.Migrate(migration, findings, dossier.Window, caller.PersonId, now) is { } problem)
            {
                return problem.ToHttpResult();
            }

            var details = new { from = newer.Mine, to = to.Version, setAside = migration.SetAside.Count, moduleReport.Version };
            db.Audit(dossier.Audited(caller, "module-report.migrated", details) with { Rows = migration.Carried }, now);
            await db.SaveChangesAsync(cancellationToken);
            EntityTag.Set(http.Response, moduleReport.Version);
        }

        var reason = await db.ProgrammeChanges.Where(c => c.CycleId == moduleReport.CycleId && c.ToVersion == to.Version).OrderByDescending(c => c.ChangedAt)
            .Select(c => c.Reason).FirstOrDefaultAsync(cancellationToken);
        return TypedResults.Ok(new MigrationResponse(
            newer.Mine, to.Version, reason, newer.RequiredBy, ModuleDifference.Between(dossier.Module, then.Module), migration.Carried, migration.SetAside,
            state, findings.Results, moduleReport.Version));
    }
}
