using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>The province grants the request.</summary>
/// <param name="Words">What may be corrected, 1 to 1,000 characters.</param>
/// <param name="DueAt">Until when: in the future, at most 60 days ahead; without it a week.</param>
public sealed record UnlockReviewRequest(string Words, DateTimeOffset? DueAt = null);

internal static class UnlockReview
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, UnlockReviewRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        var errors = WrittenWords.Errors(request.Words).Concat(ReturnReview.DueErrors(request.DueAt, now)).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var line = await db.LineOfAsync(review, cancellationToken);
        var askedBy = review.UnlockAskedBy ?? Guid.Empty;
        if (review.Unlock(caller, line, request.Words.Trim(), request.DueAt?.ToUniversalTime(), now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Publish(review.ToModuleReportUnlocked(), now);
        db.Audit(review.Audited(caller), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAnsweredAsync(review, askedBy, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }
}
