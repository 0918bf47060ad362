using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

internal static class GetReview
{
    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        var response = await review.ToResponseAsync(db, caller, cancellationToken);
        await trail.SawAsync("review", review.Id, review.OrganisationPath);
        return TypedResults.Ok(response);
    }
}
