using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Exports;

internal static class ListExports
{
    /// <summary>The caller's own files, newest first; of places the caller no longer sees none.</summary>
    public static async Task<Ok<Page<ExportResponse>>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var own = Own(db, caller).Where(e => e.ExpiresAt > now);
        var total = await own.CountAsync(cancellationToken);
        var rows = await own.OrderByDescending(e => e.RequestedAt).ThenByDescending(e => e.Id).Skip(page.Skip()).Take(page.Size())
            .Select(e => new { Export = e, Place = db.Set<Organisation>().FirstOrDefault(o => o.Id == e.OrganisationId) }).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ExportResponse>(
            [.. rows.Select(row => RequestExport.Shown(row.Export, row.Place?.NameZh ?? "", row.Place?.NameEn ?? ""))], page.Number(), page.Size(), total));
    }

    internal static IQueryable<Export> Own(AnalyticsDbContext db, Caller caller) =>
        db.Set<Export>().AsNoTracking().Where(e => e.RequestedBy == caller.PersonId).VisibleTo(caller, e => e.Path);
}
