using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Recounts;

internal static class GetRecount
{
    /// <summary>How far it is, and what it found.</summary>
    public static async Task<Results<Ok<RecountResponse>, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken) =>
        !RebuildFigures.MayRebuild(caller) ? GeneralProblems.Forbidden.ToHttpResult()
        : await db.Set<Recount>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } recount ? TypedResults.Ok(RebuildFigures.ToResponse(recount))
        : GeneralProblems.NotFound.ToHttpResult();
}
