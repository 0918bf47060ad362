using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.ModuleReports.Values;
using Gengdu.Reporting.ModuleReports.Versions;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.Rules;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>
/// A module report as the caller may see it. PreviousValues are what the organisation last signed for this module in an earlier
/// cycle, without personal cells; null when there is none. Values, relatedValues, previousValues, results and explanations are the organisation's own:
/// for callers above they are null or empty, and submitted content is read as a revision. The checksum is that of SaveValues.
/// SubmitUntil is the last moment a signature is taken, grace, extension and return counted; compare it with ServerTime, not with the reader's clock.
/// NewerForm says that the cycle goes on with another form which this report may take; SetAside is what was typed and no form asks for any more.
/// </summary>
internal sealed record ModuleReportResponse(
    Guid Id, Guid ReportId, Guid CycleId, string ModuleKey, string ProgrammeKey, string ProgrammeVersion, ReportOrganisation Organisation, string Level,
    ModuleReportState State, long Version, JsonElement? Values, JsonElement? RelatedValues, JsonElement? PreviousValues, ModuleReportContext Context, IReadOnlyList<Explanation> Explanations,
    DateTimeOffset? SavedAt, DateTimeOffset DueAt, DateTimeOffset? ExtendedUntil, int Revision, DateTimeOffset? SubmittedAt, string? ApprovedLevel,
    ReturnNotice? Return, IReadOnlyList<Finding> Results, double? Completion, PermittedActs Permitted,
    DateTimeOffset SubmitUntil, DateTimeOffset ServerTime,
    NewerForm? NewerForm, IReadOnlyList<SetAsideCell> SetAside, string? Checksum);

/// <param name="School">The organisation as the roster froze it.</param>
/// <param name="Period">The cycle's period, and today.</param>
/// <param name="Master">For the own people: figures of registers by key; key/grade where a register knows it grade by grade.</param>
/// <param name="Peers">For the own people: rounded figures of at least six schools of the same type and class in the county, by indicator.</param>
/// <param name="Parent">For the own people of a teaching point: what its rules compare with of the central school's submitted values.</param>
/// <param name="Registers">For the own people: the same figures with the register they are of, and its day.</param>
internal sealed record ModuleReportContext(
    ContextSchool School, ContextPeriod Period, IReadOnlyDictionary<string, double>? Master, IReadOnlyDictionary<string, PeerStatistics>? Peers, JsonElement? Parent,
    IReadOnlyDictionary<string, RegisterFigure>? Registers);

internal sealed record ContextSchool(
    string Code, string? Type, IReadOnlyList<string> Grades, IReadOnlyList<string> Stages, string? UrbanRural, string? RunBy, bool IsTeachingPoint);

internal sealed record ContextPeriod(
    DateOnly Today, DateOnly Start, DateOnly End, DateOnly AcademicYearStart, DateOnly AcademicYearEnd, int FiscalYear);

internal sealed record PermittedActs(PermittedAct Edit, PermittedAct Complete, PermittedAct Reopen, PermittedAct Submit);

/// <param name="Allowed">Whether the act would be taken now.</param>
/// <param name="Reason">Why not; null when it is allowed.</param>
internal sealed record PermittedAct(bool Allowed, ServiceDefaults.Text? Reason)
{
    public static PermittedAct Of(Problem? refusal) => new(refusal is null, refusal?.Detail);
}

internal static class GetModuleReport
{
    public static async Task<Results<Ok<ModuleReportResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, Caller caller, Database database, ProgrammeCatalogue catalogue, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await ModuleReportDossier.FindAsync(database, catalogue, id, null, cancellationToken) is not { } dossier || !caller.SeesReport(dossier.Report.OrganisationId, dossier.Report.OrganisationPath))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        EntityTag.Set(http.Response, dossier.ModuleReport.Version);
        return TypedResults.Ok(await ShowAsync(dossier, caller, trail, clock.GetUtcNow()));
    }

    /// <summary>As the caller may see it; written down as seen.</summary>
    internal static async Task<ModuleReportResponse> ShowAsync(ModuleReportDossier dossier, Caller caller, AuditTrail trail, DateTimeOffset now)
    {
        var response = ToResponse(dossier, caller, now);
        await trail.SawAsync("module-report", response.Id, dossier.Report.OrganisationPath, filter: new { response.Version, draft = response.Values is not null });
        return response;
    }

    private static ModuleReportResponse ToResponse(ModuleReportDossier dossier, Caller caller, DateTimeOffset now)
    {
        var (moduleReport, report) = (dossier.ModuleReport, dossier.Report);
        var isOwn = caller.Owns(report.OrganisationId, Roles.Reporter, Roles.Approver);
        var values = JsonElement.Parse(dossier.Values);
        // Where values were erased the rules would find them missing, years after anybody could fill them in.
        var erased = dossier.Window.Cycle == CycleState.Closed && PersonalCells.AnyMark(dossier.Module, values);
        var findings = isOwn && !erased ? Findings.Of(dossier, moduleReport.Explanations, values, now) : Findings.None with { Completion = moduleReport.Completion };
        return new(
            moduleReport.Id, report.Id, report.CycleId, moduleReport.ModuleKey, dossier.Programme.Key, dossier.Programme.Version,
            new(report.OrganisationId, report.Code, report.NameZh, report.NameEn, report.OrganisationPath), report.Level, moduleReport.State, moduleReport.Version,
            isOwn ? values : null, isOwn ? RelatedValues(dossier) : null, isOwn ? dossier.Previous : null, ContextOf(dossier, isOwn, now), isOwn ? moduleReport.Explanations : [],
            moduleReport.SavedAt, dossier.Window.DueAt, dossier.Window.ExtendedUntil, moduleReport.Revision, moduleReport.SubmittedAt, moduleReport.ApprovedLevel,
            NoticeFor(dossier, caller), isOwn ? findings.Results : [], isOwn ? findings.Completion : null, PermittedOf(dossier, findings, caller, isOwn, now),
            dossier.Window.EndsAt(moduleReport.Return), now,
            moduleReport.MayMigrate(dossier.Window) is null ? dossier.Window.NewerForm : null, isOwn ? moduleReport.SetAside : [],
            isOwn ? CanonicalJson.Sha256(values) : null);
    }

    /// <summary>
    /// The words of a return are for those who report and who review. At a personal cell they may repeat it: whoever may not read
    /// the cell does not read them either.
    /// </summary>
    private static ReturnNotice? NoticeFor(ModuleReportDossier dossier, Caller caller) =>
        dossier.ModuleReport.Return is not { } notice || !caller.ReadsSubmitted(dossier.Report.OrganisationId, dossier.Report.OrganisationPath, dossier.ModuleReport.ModuleKey) ? null
        : caller.MayReadPersonal(dossier.Report.OrganisationId, dossier.Report.OrganisationPath) ? notice
        : notice with { Reasons = [.. notice.Reasons.Select(reason => PersonalCells.IsPersonal(dossier.Module, reason.At) ? reason with { Text = "•••" } : reason)] };

    private static PermittedActs PermittedOf(ModuleReportDossier dossier, Findings findings, Caller caller, bool isOwn, DateTimeOffset now)
    {
        var (moduleReport, window) = (dossier.ModuleReport, dossier.Window);
        var stranger = isOwn ? null : ModuleReportProblems.NotReporter;
        var edit = stranger ?? moduleReport.MayEdit(window, now);
        return new(
            PermittedAct.Of(edit),
            PermittedAct.Of(edit ?? window.OutdatedForm(now) ?? findings.Blocking()),
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

    private static ModuleReportContext ContextOf(ModuleReportDossier dossier, bool isOwn, DateTimeOffset now)
    {
        var (school, period) = dossier.ContextAt(ChinaTime.DateOf(now));
        var stages = dossier.Programme.Grades.Where(g => school.Grades.Contains(g.Key)).Select(g => g.Stage).Distinct();
        return new(
            new(school.Code, school.Type, school.Grades, [.. stages], school.UrbanRural, school.RunBy, school.Type == "teaching-point"),
            new(period.Today, period.Start, period.End, period.AcademicYearStart, period.AcademicYearEnd, period.FiscalYear),
            isOwn ? dossier.Comparisons.Master : null, isOwn ? dossier.Comparisons.Peers : null, isOwn ? dossier.Comparisons.Parent : null, isOwn ? dossier.Comparisons.Registers : null);
    }
}
