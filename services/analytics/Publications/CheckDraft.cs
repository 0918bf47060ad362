using Gengdu.Analytics.Data;
using Gengdu.Analytics.Recounts;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Publications;

/// <summary>What somebody else than who drafted it says of a draft.</summary>
/// <param name="Agrees">It may be published.</param>
/// <param name="Remark">What was looked at or is wrong; needed by whoever does not agree, at most 500 characters.</param>
public sealed record CheckDraftRequest(bool Agrees, string? Remark = null);

internal static class CheckDraft
{
    /// <summary>The second pair of eyes: an owner or an administrator of the province who did not draft it. Without consent the copy is thrown away.</summary>
    public static async Task<Results<Ok<PublicationDraftResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, CheckDraftRequest request, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!RebuildFigures.MayRebuild(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<PublicationDraft>().FirstOrDefaultAsync(draft => draft.Id == id, cancellationToken) is not { } draft)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        if (draft.Check(caller.PersonId, request.Agrees, request.Remark, now) is { } problem)
        {
            return problem.ToHttpResult();
        }

        await db.SaveChangesAsync(cancellationToken);
        if (!request.Agrees)
        {
            await FigureCopy.RemoveAsync((NpgsqlConnection)db.Database.GetDbConnection(), draft.CycleId, draft.Number, cancellationToken);
        }

        await db.AuditAsync(
            [AuditAct.Of(caller, request.Agrees ? "figures.checked" : "figures.rejected", draft.CycleId, caller.SubtreePaths()[0], new { draft.Id, draft.Number, draft.FiguresHash })], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(PublicationDraftResponse.Of(draft, caller));
    }
}
