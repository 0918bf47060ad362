using Gengdu.Organisations;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// The words of a return at a personal cell may repeat it: they are for the reporting organisation's own people and for the
/// reviewer of its own county, as the cell itself is. City and province see that something was said, and where.
/// </summary>
internal static class ReviewWords
{
    public const string Masked = "•••";

    public static IReadOnlyList<ReturnReasonText> ReasonsFor(this Review review, Caller caller, ReviewEntry entry) =>
        entry.Reasons.Count == 0 || MayReadPersonal(caller, review) ? entry.Reasons
        : [.. entry.Reasons.Select(reason => IsPersonal(review.PersonalCells, reason.At) ? reason with { Text = Masked } : reason)];

    /// <summary>An answer repeats what its remark was about.</summary>
    public static IReadOnlyList<AnswerResponse> AnswersFor(this Review review, Caller caller, ReviewEntry entry)
    {
        var masked = !MayReadPersonal(caller, review);
        return [.. review.Answers.Where(answer => answer.Version == entry.Version).OrderBy(answer => answer.Reason).Select(answer => new AnswerResponse(
            answer.Reason, masked && IsPersonal(review.PersonalCells, entry.Reasons[answer.Reason].At) ? Masked : answer.Text, answer.By, answer.At))];
    }

    public static bool MayReadPersonal(Caller caller, Guid organisationId, string organisationPath) => caller.Rights.Any(right =>
        (right.Role is Roles.Reporter or Roles.Approver && right.OrganisationId == organisationId)
        || (right.Role == Roles.CountyReviewer && right.LevelRoles.Contains("county") && right.Covers(organisationPath)));

    private static bool MayReadPersonal(Caller caller, Review review) => MayReadPersonal(caller, review.OrganisationId, review.OrganisationPath);

    /// <summary>A personal cell, a row with one, or a table that holds some; any cell where nobody told which are.</summary>
    public static bool IsPersonal(string[]? cells, string? at)
    {
        if (at is null || cells is null)
        {
            return at is not null;
        }

        var parts = at.Split('/');
        return Array.Exists(cells, cell => cell.Split('/') is [var field, .. var column] && field == parts[0] && (column.Length == 0 || parts.Length < 3 || column[0] == parts[2]));
    }
}
