using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>The written request to correct what was accepted.</summary>
/// <param name="Words">What has to be corrected and why, 1 to 1,000 characters.</param>
public sealed record AskUnlockRequest(string Words);

internal static class AskUnlock
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, AskUnlockRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
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
        if (review.AskUnlock(caller, line, request.Words.Trim(), now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Publish(review.ToUnlockRequested(), now);
        db.Audit(review.Audited(caller), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAskedAsync(review, line, caller.PersonId, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }
}
