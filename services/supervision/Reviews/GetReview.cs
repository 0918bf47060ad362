using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

internal static class GetReview
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        return review is null ? problem!.ToHttpResult() : TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }
}
