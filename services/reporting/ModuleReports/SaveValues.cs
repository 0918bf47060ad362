using System.Text;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <param name="Changes">Cells to set or clear.</param>
/// <param name="Explanations">Warnings to explain; an empty text takes an explanation back.</param>
internal sealed record SaveValuesRequest(IReadOnlyList<CellChange>? Changes = null, IReadOnlyList<Explanation>? Explanations = null);

internal sealed record SaveValuesResponse(long Version, DateTimeOffset SavedAt, ModuleReportState State, IReadOnlyList<Finding> Results, double Completion);

/// <summary>Autosave: merges what was typed, one read and one write.</summary>
internal static class SaveValues
{
    private const int MaxChanges = 2000;
    private const int MaxDocument = 1024 * 1024;

    public static async Task<Results<Ok<SaveValuesResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, SaveValuesRequest request, HttpContext http, Caller caller, NpgsqlDataSource dataSource, ProgrammeCatalogue catalogue,
        ReportingDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ModuleReportDossier.FindAsync(dataSource, catalogue, id, null, cancellationToken) is not { } dossier || !caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (!caller.Owns(dossier.Report.OrganisationId, Roles.Reporter, Roles.Approver))
        {
            return ModuleReportProblems.NotReporter.ToHttpResult();
        }

        var moduleReport = dossier.ModuleReport;
        if ((EntityTag.Check(http.Request, moduleReport.Version) ?? moduleReport.MayEdit(dossier.Window, now)) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        var changes = request.Changes ?? [];
        if (changes.Count > MaxChanges)
        {
            return GeneralProblems.Invalid(new FieldError("changes", "length", new($"一次最多保存 {MaxChanges} 处修改", $"At most {MaxChanges} changes at a time"))).ToHttpResult();
        }

        var (values, errors) = CellEditor.Apply(dossier.Programme, dossier.Module, dossier.Values, changes);
        var (explanations, unacceptable) = ExplanationEditor.Apply(dossier.Module, moduleReport.Explanations, request.Explanations ?? []);
        if (values is null || unacceptable.Count > 0)
        {
            return ModuleReportProblems.UnacceptableCells([.. errors, .. unacceptable]).ToHttpResult();
        }

        if (Encoding.UTF8.GetByteCount(values) > MaxDocument)
        {
            return ModuleReportProblems.TooMuch(MaxDocument).ToHttpResult();
        }

        var findings = Findings.Of(dossier, explanations, JsonElement.Parse(values), now);
        db.Attach(moduleReport);
        moduleReport.Save(values, explanations, findings, caller.PersonId, now);
        await db.SaveChangesAsync(cancellationToken);
        EntityTag.Set(http.Response, moduleReport.Version);
        return TypedResults.Ok(new SaveValuesResponse(moduleReport.Version, now, moduleReport.State, findings.Results, findings.Completion));
    }
}
