using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Recounts;

internal static class CancelRecount
{
    /// <summary>Ends it before it writes a figure: one that waits at once, one that runs within a few hundred schools. When it has begun to write, it is finished.</summary>
    public static async Task<Results<Accepted<RecountResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!RebuildFigures.MayRebuild(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var asked = await db.Set<Recount>().Where(r => r.Id == id && (r.State == "waiting" || r.State == "running")).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.CancelAsked, true)
            .SetProperty(r => r.FinishedAt, r => r.State == "waiting" ? now : r.FinishedAt)
            .SetProperty(r => r.State, r => r.State == "waiting" ? "cancelled" : r.State), cancellationToken);
        var recount = await db.Set<Recount>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (asked > 0)
        {
            await db.AuditAsync([AuditAct.Of(caller, "figures.rebuild-cancelled", recount!.CycleId, caller.SubtreePaths()[0])], now, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return recount is null ? GeneralProblems.NotFound.ToHttpResult()
            : asked == 0 ? AnalyticsProblems.RecountOver.ToHttpResult()
            : TypedResults.Accepted($"/api/analytics/rebuilds/{id}", RebuildFigures.ToResponse(recount));
    }
}
