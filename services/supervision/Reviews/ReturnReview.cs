using System.Text.RegularExpressions;
using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Returns;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Supervision.Reviews;

/// <summary>Sends a module report back to the organisation that reports.</summary>
/// <param name="Revision">The revision that was read.</param>
/// <param name="Reasons">At least one, at most 100.</param>
/// <param name="DueAt">Until when the correction is asked for: in the future, at most 60 days ahead; without it the cycle's deadline holds.</param>
public sealed record ReturnReviewRequest(int Revision, IReadOnlyList<ReturnReasonText> Reasons, DateTimeOffset? DueAt = null);

internal static partial class ReturnReview
{
    private const int MostReasons = 100;
    private const int LongestText = 1000;
    private static readonly TimeSpan FarthestDue = TimeSpan.FromDays(60);

    public static async Task<Results<Ok<ReviewResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, ReturnReviewRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginActAsync(id, cancellationToken);
        var (review, problem) = await db.FindAsync(caller, id, cancellationToken);
        if (review is null)
        {
            return problem!.ToHttpResult();
        }

        var errors = Errors(request, now).ToList();
        if (errors.Count > 0)
        {
            return GeneralProblems.Invalid(errors).ToHttpResult();
        }

        var line = await db.LineOfAsync(review.OrganisationPath, cancellationToken);
        if (review.Return(caller, line, request.Revision, [.. request.Reasons.Select(r => r with { Text = r.Text.Trim() })], request.DueAt?.ToUniversalTime(), now) is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        db.Publish(review.ToModuleReportReturned(), now);
        db.Audit(review.Audited(caller), now);
        await db.SaveChangesAsync(cancellationToken);
        await db.TellAsync(review, caller.PersonId, now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(await review.ToResponseAsync(db, caller, cancellationToken));
    }

    private static IEnumerable<FieldError> Errors(ReturnReviewRequest request, DateTimeOffset now)
    {
        if (request.Reasons.Count is 0 or > MostReasons)
        {
            yield return new("reasons", "length", new($"请填写 1 至 {MostReasons} 条退回原因", $"Give 1 to {MostReasons} reasons"));
        }

        foreach (var (i, reason) in request.Reasons.Take(MostReasons).Index())
        {
            if (reason is null)
            {
                // The serialiser guards members, not elements of a list.
                yield return new($"reasons.{i}", "required", new("此条原因为空", "This reason is empty"));
                continue;
            }

            if (!ReturnCodes.All.Contains(reason.Code))
            {
                yield return new($"reasons.{i}.code", "option", new($"原因类别须为其中之一：{string.Join("、", ReturnCodes.All)}", $"The code has to be one of: {string.Join(", ", ReturnCodes.All)}"));
            }

            if (reason.Text.Trim().Length is 0 or > LongestText)
            {
                yield return new($"reasons.{i}.text", "length", new($"请用 1 至 {LongestText} 个字说明原因", $"Explain it in 1 to {LongestText} characters"));
            }
            else if (reason.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            {
                yield return new($"reasons.{i}.text", "pattern", new("文字中有不可见的控制字符，请删除", "Remove the control characters from the text"));
            }

            if (reason.At is { } at && !CellAddress().IsMatch(at))
            {
                yield return new($"reasons.{i}.at", "pattern", new("单元格地址格式应如 classes/g1 或 titles/r1/level", "A cell address looks like classes/g1 or titles/r1/level"));
            }
        }

        foreach (var error in DueErrors(request.DueAt, now))
        {
            yield return error;
        }
    }

    internal static IReadOnlyList<FieldError> DueErrors(DateTimeOffset? dueAt, DateTimeOffset now) => dueAt is { } due && (due <= now || due > now + FarthestDue)
        ? [new("dueAt", "range", new("修改期限须在今后 60 天之内", "The due time has to lie within the next 60 days"))]
        : [];

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}(/[A-Za-z0-9_-]{1,64}(/[a-z][a-z0-9_]{0,63})?)?\\z")]
    internal static partial Regex CellAddress();
}
