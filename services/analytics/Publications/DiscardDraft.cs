using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Publications;

internal static class DiscardDraft
{
    /// <summary>Throws a draft away that nobody was told of yet. What was published stays: it can only be corrected by another publication.</summary>
    public static async Task<Results<Ok<PublicationDraftResponse>, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!CheckPublication.MayPublish(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<PublicationDraft>().FirstOrDefaultAsync(draft => draft.Id == id, cancellationToken) is not { } draft)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if (draft.Discard() is { } problem)
        {
            return problem.ToHttpResult();
        }

        await db.SaveChangesAsync(cancellationToken);
        await FigureCopy.RemoveAsync((NpgsqlConnection)db.Database.GetDbConnection(), draft.CycleId, draft.Number, cancellationToken);
        await db.AuditAsync([AuditAct.Of(caller, "figures.draft-discarded", draft.CycleId, caller.SubtreePaths()[0], new { draft.Id, draft.Number, draft.FiguresHash })], clock.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(PublicationDraftResponse.Of(draft, caller));
    }
}
