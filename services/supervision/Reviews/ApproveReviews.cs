using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>Passes on many reviews at one step: those named, or all that wait in a subtree.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="Step">"county", "city" or "province".</param>
/// <param name="OrganisationId">Only this organisation's subtree.</param>
/// <param name="ReviewIds">Only these, at most 500.</param>
/// <param name="CleanOnly">Only modules without an explained warning; the others stay for reading.</param>
public sealed record ApproveReviewsRequest(Guid CycleId, ReviewLevel Step, Guid? OrganisationId = null, IReadOnlyList<Guid>? ReviewIds = null, bool CleanOnly = false);

/// <param name="Approved">How many were passed on.</param>
/// <param name="Skipped">Those asked for that were not, with the reason; at most 500.</param>
public sealed record ApproveReviewsResponse(int Approved, IReadOnlyList<SkippedReview> Skipped);

public sealed record SkippedReview(Guid ReviewId, Text Reason);

internal static class ApproveReviews
{
    private const int Most = 500;

    public static async Task<Results<Ok<ApproveReviewsResponse>, ProblemHttpResult>> HandleAsync(
        ApproveReviewsRequest request, Caller caller, SupervisionDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Invalid(request) is { } invalid)
        {
            return invalid.ToHttpResult();
        }

        var pass = ReviewTransitions.Pass(request.Step);
        var acting = ReviewScope.Of(caller.Rights.Where(r => r.Role == pass.Role && r.LevelRoles.Contains(pass.At.Key())).Select(r => r.Path));
        var (scope, problem) = await acting.UnderAsync(db, caller, request.OrganisationId, cancellationToken);
        if (problem is not null || scope.From.Length == 0)
        {
            return (problem ?? ReviewProblems.NotYourStep(request.Step)).ToHttpResult();
        }

        // Every element is authorised before the first is touched: one foreign id refuses the whole request.
        if (request.ReviewIds is { } ids && await RefuseAsync(db, caller, request.CycleId, scope, [.. ids], request.Step, cancellationToken) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        var batches = new ReviewBatches(db, access, caller.PersonId, pass, request.CycleId, clock.GetUtcNow(), await scope.NestedAsync(db, pass.At, cancellationToken));
        if (!await batches.PassAsync(scope, new(request.ReviewIds?.ToArray(), CleanOnly: request.CleanOnly), cancellationToken))
        {
            return ReviewProblems.RightEnded(batches.Passed.Count).ToHttpResult();
        }

        var left = await LeftAsync(request, scope, pass, batches.Passed, db, cancellationToken);
        return TypedResults.Ok(new ApproveReviewsResponse(batches.Passed.Count, await ReasonsAsync(left, pass, caller, db, cancellationToken)));
    }

    private static Problem? Invalid(ApproveReviewsRequest request) =>
        !ReviewTransitions.IsStep(request.Step)
            ? GeneralProblems.Invalid(new FieldError("step", "option", new("环节须为 county、city 或 province", "The step has to be county, city or province")))
        : request.ReviewIds?.Count is 0 or > Most
            ? GeneralProblems.Invalid(new FieldError("reviewIds", "length", new($"请选择 1 至 {Most} 项", $"Choose 1 to {Most} reviews")))
        : null;

    private static async Task<Problem?> RefuseAsync(
        SupervisionDbContext db, Caller caller, Guid cycleId, ReviewScope scope, Guid[] ids, ReviewLevel step, CancellationToken cancellationToken)
    {
        var paths = await db.Reviews.VisibleTo(caller, r => r.OrganisationPath).Where(r => r.CycleId == cycleId && ids.Contains(r.Id))
            .Select(r => r.OrganisationPath).ToListAsync(cancellationToken);
        return paths.Count < ids.Distinct().Count() ? GeneralProblems.NotFound
            : paths.TrueForAll(scope.Covers) ? null
            : ReviewProblems.NotYourStep(step);
    }

    /// <summary>What was asked for and is not passed on: of the named ones any, of a subtree those that still wait at the step.</summary>
    private static async Task<List<Review>> LeftAsync(
        ApproveReviewsRequest request, ReviewScope scope, ReviewTransition pass, HashSet<Guid> passed, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var asked = db.Reviews.AsNoTracking().Where(r => r.CycleId == request.CycleId);
        if (request.ReviewIds is { } ids)
        {
            var rest = ids.Where(id => !passed.Contains(id)).ToArray();
            return rest.Length == 0 ? [] : await asked.Where(r => rest.Contains(r.Id)).OrderBy(r => r.OrganisationPath).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        }

        var left = new List<Review>();
        foreach (var root in scope.From)
        {
            left.AddRange(await asked.Where(r => r.State == pass.From).Under(root, r => r.OrganisationPath)
                .OrderBy(r => r.OrganisationPath).ThenBy(r => r.Id).Take(Most - left.Count).ToListAsync(cancellationToken));
        }

        return left;
    }

    private static async Task<IReadOnlyList<SkippedReview>> ReasonsAsync(
        List<Review> left, ReviewTransition pass, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var lines = await db.LinesOfAsync([.. left.Select(r => r.OrganisationPath)], cancellationToken);
        return [.. left.Select(r => (r.Id, r.Acts(caller, lines[r.OrganisationPath]).Single(act => act.Act == pass.Act).Refusal))
            .Where(r => r.Refusal is not null).Select(r => new SkippedReview(r.Id, r.Refusal!.Detail))];
    }
}
