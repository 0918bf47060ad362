using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Exports;

internal static class GetExport
{
    /// <summary>How far it is.</summary>
    public static async Task<Results<Ok<ExportResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await ListExports.Own(db, caller).Where(e => e.Id == id && e.ExpiresAt > now)
            .Select(e => new { Export = e, Place = db.Set<Organisation>().FirstOrDefault(o => o.Id == e.OrganisationId) }).FirstOrDefaultAsync(cancellationToken);
        return found is null ? GeneralProblems.NotFound.ToHttpResult() : TypedResults.Ok(RequestExport.Shown(found.Export, found.Place?.NameZh ?? "", found.Place?.NameEn ?? ""));
    }
}
