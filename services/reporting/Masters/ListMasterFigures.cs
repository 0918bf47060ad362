using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Masters;

/// <param name="Figures">Empty when no register has said anything of it.</param>
internal sealed record MasterSchool(Guid OrganisationId, string Code, string NameZh, string NameEn, IReadOnlyList<MasterSchoolFigure> Figures);

internal sealed record MasterSchoolFigure(string Key, double Value, string Source, DateOnly AsOf, DateTimeOffset RecordedAt);

/// <param name="Search">Part of the name, or the beginning of the code.</param>
/// <param name="Missing">Only schools that no register has said anything of.</param>
internal sealed record MasterFilter(string? Search, bool? Missing);

/// <summary>What the registers say, school by school.</summary>
internal static class ListMasterFigures
{
    public static async Task<Results<Ok<Page<MasterSchool>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] MasterFilter filter, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (caller.SubtreePaths(MasterImport.Keepers).Length == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var schools = db.Organisations.VisibleTo(caller, o => o.Path, MasterImport.Keepers).Where(o => o.ValidTo == null && o.Kind == "school");
        if (filter.Search?.Trim() is { Length: > 0 } text)
        {
            schools = schools.Where(o => o.NameZh.Contains(text) || o.NameEn.Contains(text) || o.Code.StartsWith(text));
        }

        if (filter.Missing is true)
        {
            schools = schools.Where(o => !db.MasterFigures.Any(f => f.OrganisationId == o.Id));
        }

        var total = await schools.CountAsync(cancellationToken);
        var found = await schools.OrderBy(o => o.Code).ThenBy(o => o.Id).Skip(page.Skip()).Take(page.Size()).Select(o => new { o.Id, o.Code, o.NameZh, o.NameEn, o.Path }).ToListAsync(cancellationToken);
        var ids = found.Select(o => o.Id).ToArray();
        var figures = (await db.MasterFigures.Where(f => ids.Contains(f.OrganisationId)).OrderBy(f => f.Key).ToListAsync(cancellationToken)).ToLookup(f => f.OrganisationId);
        await trail.SawAsync("master-figures", null, caller.PlaceOf(found.Select(o => o.Path)), found.Count, new { missing = filter.Missing is true, searched = filter.Search is { Length: > 0 }, page = page.Number() });
        return TypedResults.Ok(new Page<MasterSchool>(
            [.. found.Select(o => new MasterSchool(o.Id, o.Code, o.NameZh, o.NameEn, [.. figures[o.Id].Select(f => new MasterSchoolFigure(f.Key, f.Value, f.Source, f.AsOf, f.RecordedAt))]))], page.Number(), page.Size(), total));
    }
}
