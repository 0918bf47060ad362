using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Reports;

/// <param name="CycleId">Only this cycle.</param>
/// <param name="Level">Only reports at this level: school, county, city or province.</param>
/// <param name="State">Only reports in this state.</param>
/// <param name="OrganisationId">Only this organisation and those below it.</param>
/// <param name="Search">Part of the name, or the beginning of the code.</param>
internal sealed record ReportFilter(Guid? CycleId, string? Level, string? State, Guid? OrganisationId, string? Search);

internal static class ListReports
{
    public static async Task<Results<Ok<Page<ReportResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ReportFilter filter, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
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
            var root = await db.Organisations.Where(o => o.Id == organisationId).Select(o => o.Path).SingleOrDefaultAsync(cancellationToken);
            if (root is null)
            {
                return GeneralProblems.NotFound.ToHttpResult();
            }

            reports = reports.Under(root, r => r.OrganisationPath);
        }

        reports = Narrow(reports, filter);
        var total = await reports.CountAsync(cancellationToken);
        var found = await reports.OrderBy(r => r.OrganisationPath).ThenBy(r => r.CycleId).ThenBy(r => r.Id)
            .Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ReportResponse>(await ReportResponse.OfAsync(found, caller, db, cancellationToken), page.Number(), page.Size(), total));
    }

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
