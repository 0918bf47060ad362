using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Reviews;

/// <summary>Passes a review on at its present step.</summary>
/// <param name="Revision">The revision that was read.</param>
public sealed record ApproveReviewRequest(int Revision);

internal static class ApproveReview
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, ApproveReviewRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        var line = await db.LineOfAsync(review.OrganisationPath, cancellationToken);
        if (review.Approve(caller, line, request.Revision, now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        if (review.State == ReviewState.Accepted)
        {
            db.Publish(review.ToModuleReportsAccepted(caller.PersonId, now), now);
        }
        else
        {
            db.Publish(review.ToModuleReportsApproved(caller.PersonId, now), now);
        }

        db.Audit(review.Audited(caller), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAsync(review, caller.PersonId, now, cancellationToken);
        if (await ReviewPlaces.SettleAsync((NpgsqlConnection)db.Database.GetDbConnection(), [review.Id], cancellationToken) > 0)
        {
            await db.Entry(review).ReloadAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }
}
