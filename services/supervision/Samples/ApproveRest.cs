using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <param name="Approved">Modules passed on by this act.</param>
/// <param name="Left">Modules of the list that were not, because the same person may not pass them twice.</param>
/// <param name="Sample">As it stands now.</param>
public sealed record ApproveRestResponse(int Approved, int Left, SampleResponse Sample);

/// <summary>Passes on what was not drawn, at the revisions that were on the list. What came in later waits for another sample.</summary>
internal static class ApproveRest
{
    public static async Task<Results<Ok<ApproveRestResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, SupervisionDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (sample, problem) = await db.FindSampleAsync(caller, id, cancellationToken);
        if (sample is null || (problem = await db.RefuseAsync(caller, sample.OrganisationPath, sample.Step, cancellationToken)) is not null)
        {
            return problem!.ToHttpResult();
        }

        // What has been read can no longer fail at this step: who passes the check here passes it until the end.
        if (sample.RefuseApproval(await db.ProgressOfAsync(sample, cancellationToken)) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        var (now, pass) = (clock.GetUtcNow(), ReviewTransitions.Pass(sample.Step));
        var rest = await db.Set<SampleReview>().AsNoTracking().Where(r => r.SampleId == id).OrderBy(r => r.ReviewId).ToListAsync(cancellationToken);
        var scope = ReviewScope.Of([sample.OrganisationPath]);
        var batches = new ReviewBatches(db, access, caller.PersonId, pass, sample.CycleId, now, await scope.NestedAsync(db, pass.At, cancellationToken));
        if (!await batches.PassAsync(scope, new([.. rest.Select(r => r.ReviewId)], [.. rest.Select(r => r.Revision)]), cancellationToken))
        {
            return ReviewProblems.RightEnded(batches.Passed.Count).ToHttpResult();
        }

        return await CloseAsync(id, batches.Passed.Count, caller, db, now, cancellationToken);
    }

    /// <summary>Last, so that an act that stopped half-way can be asked for again and goes on with what is left.</summary>
    private static async Task<Results<Ok<ApproveRestResponse>, ProblemHttpResult>> CloseAsync(
        Guid id, int approved, Caller caller, SupervisionDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.HoldSampleAsync(id, cancellationToken);
        var sample = await db.Set<Sample>().FirstAsync(s => s.Id == id, cancellationToken);
        var progress = await db.ProgressOfAsync(sample, cancellationToken);
        if (sample.RefuseApproval(progress) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        sample.Approve(progress, caller.PersonId, now);
        db.Publish(sample.ToSampleApproved(approved, progress), now);
        db.Audit(AuditAct.Of(caller, "sample.approved", id, sample.OrganisationPath, new { sample.Reach, progress.Failures, approved, left = progress.RestStanding }) with
        {
            OrganisationId = sample.OrganisationId,
            Rows = approved,
        }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new ApproveRestResponse(approved, progress.RestStanding, await sample.ToResponseAsync(db, caller, cancellationToken)));
    }
}
