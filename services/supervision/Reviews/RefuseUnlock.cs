using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>The province refuses the request.</summary>
/// <param name="Words">Why, 1 to 1,000 characters.</param>
public sealed record RefuseUnlockRequest(string Words);

internal static class RefuseUnlock
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, RefuseUnlockRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        if (WrittenWords.Errors(request.Words) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var line = await db.LineOfAsync(review, cancellationToken);
        var askedBy = review.UnlockAskedBy ?? Guid.Empty;
        if (review.RefuseUnlock(caller, line, request.Words.Trim(), now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Publish(review.ToUnlockRefused(), now);
        db.Audit(review.Audited(caller), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAnsweredAsync(review, askedBy, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }
}
