using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>What the organisation says to the remarks of the last return; the reviewer of the next revision reads it beside them.</summary>
/// <param name="Revision">The revision that was returned.</param>
/// <param name="Answers">1 to 100; those left out stay as they are.</param>
public sealed record AnswerRemarksRequest(int Revision, IReadOnlyList<RemarkAnswer> Answers);

/// <param name="Reason">Which remark, from 0 in the order of the return.</param>
/// <param name="Text">1 to 1,000 characters.</param>
public sealed record RemarkAnswer(int Reason, string Text);

internal static class AnswerRemarks
{
    private const int Most = 100;

    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, AnswerRemarksRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        var errors = Errors(request).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        if (review.Answer(caller, request.Revision, request.Answers.ToDictionary(answer => answer.Reason, answer => answer.Text.Trim()), now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Audit(AuditAct.Of(caller, "review.answered", review.Id, review.OrganisationPath, new { review.ModuleReportId, review.Revision, reasons = request.Answers.Select(a => a.Reason) }) with
        { OrganisationId = review.OrganisationId }, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }

    private static IEnumerable<FieldError> Errors(AnswerRemarksRequest request)
    {
        if (request.Answers.Count is 0 or > Most || request.Answers.Any(answer => answer is null) || request.Answers.DistinctBy(answer => answer.Reason).Count() < request.Answers.Count)
        {
            return [new("answers", "length", new($"请答复 1 至 {Most} 条意见，每条一次", $"Answer 1 to {Most} remarks, each once"))];
        }

        return request.Answers.Index().SelectMany(answer => WrittenWords.Errors(answer.Item.Text, field: $"answers.{answer.Index}.text"));
    }
}
