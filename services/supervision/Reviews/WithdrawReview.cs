using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>The organisation takes its submission back before the review starts.</summary>
/// <param name="Revision">The revision that is taken back.</param>
/// <param name="Words">Why, at most 1,000 characters; may be left out.</param>
public sealed record WithdrawReviewRequest(int Revision, string? Words = null);

internal static class WithdrawReview
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, WithdrawReviewRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        if (WrittenWords.Errors(request.Words, optional: true) is { Count: > 0 } errors)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var line = await db.LineOfAsync(review, cancellationToken);
        if (review.Withdraw(caller, line, request.Revision, WrittenWords.Trimmed(request.Words), now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Publish(review.ToModuleReportWithdrawn(), now);
        db.Audit(review.Audited(caller), now);
        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.AfterCommit);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }
}
