using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Reports;

/// <param name="CycleId">Only this cycle.</param>
/// <param name="Level">Only reports at this level: school, county, city or province.</param>
/// <param name="State">Only reports in this state.</param>
/// <param name="OrganisationId">Only this organisation and those below it.</param>
/// <param name="Search">Part of the name, or the beginning of the code.</param>
/// <param name="Timeliness">Only reports that are on-time, late, or none of both because something was never signed.</param>
/// <param name="Unsigned">Only reports with a module that is complete and waits for the approver's signature.</param>
internal sealed record ReportFilter(Guid? CycleId, string? Level, string? State, Guid? OrganisationId, string? Search, bool? Unsigned, string? Timeliness);

internal static class ListReports
{
    public static async Task<Results<Ok<Page<ReportResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ReportFilter filter, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var reports = db.Reports.VisibleTo(caller);
        if (filter.State is { Length: > 0 } word)
        {
            if (!TryParse(word, out var state))
            {
                return GeneralProblems.BadRequest($"state={word[..Math.Min(word.Length, 40)]}").ToHttpResult();
            }

            reports = reports.InState(db.ModuleReports, state);
        }

        if (filter.OrganisationId is { } organisationId)
        {
            // A foreign organisation is answered as one that does not exist.
            var roots = await PlacesOfAsync(organisationId, caller, db, cancellationToken);
            if (roots.Length == 0)
            {
                return GeneralProblems.NotFound.ToHttpResult();
            }

            reports = reports.Under(roots, r => r.OrganisationPath);
        }

        if (filter.Unsigned is true)
        {
            reports = reports.Where(r => db.ModuleReports.Any(m => m.ReportId == r.Id && m.State == ModuleReportState.Complete));
        }

        if (filter.Timeliness is { Length: > 0 } timely)
        {
            if (Timelinesses.Parse(timely) is not { } timeliness)
            {
                return GeneralProblems.BadRequest($"timeliness={timely[..Math.Min(timely.Length, 40)]}").ToHttpResult();
            }

            reports = reports.Being(db.ModuleReports, timeliness);
        }

        reports = Narrow(reports, filter);
        var total = await reports.CountAsync(cancellationToken);
        var found = await reports.OrderBy(r => r.OrganisationPath).ThenBy(r => r.CycleId).ThenBy(r => r.Id)
            .Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        var responses = await ReportResponse.OfAsync(found, caller, db, cancellationToken);
        // What was searched for stays out: people search for names.
        await trail.SawAsync("report", null, caller.PlaceOf(found.Select(report => report.OrganisationPath)), found.Count,
            new { filter.CycleId, filter.Level, filter.State, filter.OrganisationId, searched = filter.Search is { Length: > 0 }, page = page.Number() });
        return TypedResults.Ok(new Page<ReportResponse>(responses, page.Number(), page.Size(), total));
    }

    /// <summary>Present and former: closed cycles keep the path of the fact.</summary>
    private static Task<string[]> PlacesOfAsync(Guid organisationId, Caller caller, ReportingDbContext db, CancellationToken cancellationToken) =>
        db.Organisations.VisibleTo(caller, o => o.Path).Where(o => o.Id == organisationId).Select(o => o.Path)
            .Union(db.Set<OrganisationPlace>().VisibleTo(caller, p => p.Path).Where(p => p.OrganisationId == organisationId).Select(p => p.Path)).ToArrayAsync(cancellationToken);

    private static IQueryable<Report> Narrow(IQueryable<Report> reports, ReportFilter filter)
    {
        if (filter.CycleId is { } cycleId)
        {
            reports = reports.Where(r => r.CycleId == cycleId);
        }

        if (filter.Level is { Length: > 0 } level)
        {
            reports = reports.Where(r => r.Level == level);
        }

        if (filter.Search?.Trim() is { Length: > 0 } search)
        {
            var text = Escaped(search[..Math.Min(search.Length, 100)]);
            reports = reports.Where(r => EF.Functions.ILike(r.NameZh, $"%{text}%") || EF.Functions.ILike(r.NameEn, $"%{text}%") || EF.Functions.Like(r.Code, $"{text}%"));
        }

        return reports;
    }

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);

    private static bool TryParse(string word, out ReportState state) =>
        Enum.TryParse(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out state) && Enum.IsDefined(state);
}
