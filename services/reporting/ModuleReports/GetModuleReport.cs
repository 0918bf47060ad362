using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// A module report as the caller may see it. Values, relatedValues, results and explanations are the organisation's own:
/// for callers above they are null or empty, and submitted content is read as a revision.
/// </summary>
internal sealed record ModuleReportResponse(
    Guid Id, Guid ReportId, Guid CycleId, string ModuleKey, string ProgrammeKey, string ProgrammeVersion, ReportOrganisation Organisation, string Level,
    ModuleReportState State, long Version, JsonElement? Values, JsonElement? RelatedValues, ModuleReportContext Context, IReadOnlyList<Explanation> Explanations,
    DateTimeOffset? SavedAt, DateTimeOffset DueAt, DateTimeOffset? ExtendedUntil, int Revision, DateTimeOffset? SubmittedAt, string? ApprovedLevel,
    ReturnNotice? Return, IReadOnlyList<Finding> Results, double? Completion, PermittedActs Permitted);

internal sealed record ModuleReportContext(ContextSchool School, ContextPeriod Period);

internal sealed record ContextSchool(
    string Code, string? Type, IReadOnlyList<string> Grades, IReadOnlyList<string> Stages, string? UrbanRural, string? RunBy, bool IsTeachingPoint);

internal sealed record ContextPeriod(
    DateOnly Today, DateOnly Start, DateOnly End, DateOnly AcademicYearStart, DateOnly AcademicYearEnd, int FiscalYear);

internal sealed record PermittedActs(PermittedAct Edit, PermittedAct Complete, PermittedAct Reopen, PermittedAct Submit);

/// <param name="Allowed">Whether the act would be taken now.</param>
/// <param name="Reason">Why not; null when it is allowed.</param>
internal sealed record PermittedAct(bool Allowed, Text? Reason)
{
    public static PermittedAct Of(Problem? refusal) => new(refusal is null, refusal?.Detail);
}

internal static class GetModuleReport
{
    public static async Task<Results<Ok<ModuleReportResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, Caller caller, NpgsqlDataSource dataSource, ProgrammeCatalogue catalogue, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (await ModuleReportDossier.FindAsync(dataSource, catalogue, id, null, cancellationToken) is not { } dossier || !caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        EntityTag.Set(http.Response, dossier.ModuleReport.Version);
        return TypedResults.Ok(ToResponse(dossier, caller, now));
    }

    private static ModuleReportResponse ToResponse(ModuleReportDossier dossier, Caller caller, DateTimeOffset now)
    {
        var (moduleReport, report) = (dossier.ModuleReport, dossier.Report);
        var isOwn = caller.Owns(report.OrganisationId, Roles.Reporter, Roles.Approver);
        var values = JsonElement.Parse(dossier.Values);
        var findings = isOwn ? Findings.Of(dossier, moduleReport.Explanations, values, now) : Findings.None;
        return new(
            moduleReport.Id, report.Id, report.CycleId, moduleReport.ModuleKey, dossier.Programme.Key, dossier.Programme.Version,
            new(report.OrganisationId, report.Code, report.NameZh, report.NameEn, report.OrganisationPath), report.Level, moduleReport.State, moduleReport.Version,
            isOwn ? values : null, isOwn ? RelatedValues(dossier) : null, ContextOf(dossier, now), isOwn ? moduleReport.Explanations : [],
            moduleReport.SavedAt, dossier.Window.DueAt, dossier.Window.ExtendedUntil, moduleReport.Revision, moduleReport.SubmittedAt, moduleReport.ApprovedLevel,
            moduleReport.Return, isOwn ? findings.Results : [], isOwn ? findings.Completion : null, PermittedOf(dossier, findings, caller, isOwn, now));
    }

    private static PermittedActs PermittedOf(ModuleReportDossier dossier, Findings findings, Caller caller, bool isOwn, DateTimeOffset now)
    {
        var (moduleReport, window) = (dossier.ModuleReport, dossier.Window);
        var stranger = isOwn ? null : ModuleReportProblems.NotReporter;
        var edit = stranger ?? moduleReport.MayEdit(window, now);
        return new(
            PermittedAct.Of(edit),
            PermittedAct.Of(edit ?? findings.Blocking()),
            PermittedAct.Of(stranger ?? moduleReport.MayReopen(window)),
            PermittedAct.Of(caller.Owns(dossier.Report.OrganisationId, Roles.Approver)
                ? moduleReport.MaySubmit(caller.PersonId, window, now) ?? findings.Blocking()
                : ModuleReportProblems.NotApprover));
    }

    /// <summary>The other modules' values that this module's rules and conditions name, by field key.</summary>
    private static JsonElement RelatedValues(ModuleReportDossier dossier)
    {
        var named = dossier.Module.Rules.SelectMany(r => r.Fields).ToHashSet(StringComparer.Ordinal);
        var conditions = dossier.Module.Fields.Select(f => f.ShowIf).OfType<string>().ToList();
        var lent = new Dictionary<string, JsonElement>();
        foreach (var field in dossier.Related.EnumerateObject().SelectMany(module => module.Value.EnumerateObject()))
        {
            if (named.Contains(field.Name) || conditions.Exists(c => c.Contains(field.Name, StringComparison.Ordinal)))
            {
                lent[field.Name] = field.Value;
            }
        }

        return JsonSerializer.SerializeToElement(lent);
    }

    private static ModuleReportContext ContextOf(ModuleReportDossier dossier, DateTimeOffset now)
    {
        var (school, period) = dossier.ContextAt(ChinaTime.DateOf(now));
        var stages = dossier.Programme.Grades.Where(g => school.Grades.Contains(g.Key)).Select(g => g.Stage).Distinct();
        return new(
            new(school.Code, school.Type, school.Grades, [.. stages], school.UrbanRural, school.RunBy, school.Type == "teaching-point"),
            new(period.Today, period.Start, period.End, period.AcademicYearStart, period.AcademicYearEnd, period.FiscalYear));
    }
}
