using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>The review page has the module's values on the screen of a reviewer of the step at hand.</summary>
/// <param name="Revision">The revision that is shown.</param>
public sealed record OpenReviewRequest(int Revision);

internal static class OpenReview
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, OpenReviewRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        var opened = review.Openings.Count;
        if (review.Open(caller, await db.LineOfAsync(review, cancellationToken), request.Revision, now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        if (review.Openings.Count > opened)
        {
            db.Audit(AuditAct.Of(caller, "review.opened", review.Id, review.OrganisationPath, new { review.ModuleReportId, review.Revision }) with { OrganisationId = review.OrganisationId }, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return TypedResults.NoContent();
    }
}
