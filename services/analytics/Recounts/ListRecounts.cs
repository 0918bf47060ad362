using Gengdu.Analytics.Data;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Recounts;

internal static class ListRecounts
{
    private const int Newest = 50;

    /// <summary>The newest fifty, rebuilds and nightly comparisons.</summary>
    public static async Task<Results<Ok<IReadOnlyList<RecountResponse>>, ProblemHttpResult>> HandleAsync(
        Guid? cycleId, Caller caller, AnalyticsDbContext db, CancellationToken cancellationToken)
    {
        if (!RebuildFigures.MayRebuild(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var recounts = await db.Set<Recount>().AsNoTracking().Where(r => cycleId == null || r.CycleId == cycleId)
            .OrderByDescending(r => r.RequestedAt).ThenByDescending(r => r.Id).Take(Newest).ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<RecountResponse>>([.. recounts.Select(RebuildFigures.ToResponse)]);
    }
}
