using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <param name="UnlockAskedAt">Since when a request to unlock waits for the province; null while none does.</param>
/// <param name="Openings">Who of the step's reviewers had this revision before them, first when.</param>
public sealed record ReviewResponse(
    Guid Id, Guid ModuleReportId, Guid ReportId, Guid CycleId, string ModuleKey, ReviewOrganisation Organisation, ReviewLevel Level,
    int Revision, ReviewState State, long Version, DateTimeOffset SubmittedAt, DateTimeOffset WaitingSince,
    IReadOnlyList<ReviewActResponse> Acts, IReadOnlyList<ReviewEntryResponse> History, DateTimeOffset? UnlockAskedAt, IReadOnlyList<OpeningResponse> Openings);

public sealed record OpeningResponse(ReviewLevel Level, Guid By, DateTimeOffset At);

/// <summary>Names are null until the replica knows the organisation.</summary>
public sealed record ReviewOrganisation(Guid Id, string? Code, string? NameZh, string? NameEn, string Path);

/// <summary>Names are null until the replica knows the organisation.</summary>
public sealed record ActingOrganisation(Guid Id, string? NameZh, string? NameEn);

/// <summary>An act and, when it is not open to the caller, the reason.</summary>
public sealed record ReviewActResponse(ReviewAct Act, bool Allowed, Text? Reason);

/// <param name="Organisation">Who acted: the school, or the county, city or province that the report belonged to at that time.</param>
/// <param name="Unopened">Of a decision: true when whoever decided had not opened this revision; null when it is no decision or nobody kept it.</param>
/// <param name="Words">What was written with a withdrawal, a request to unlock or its answer.</param>
/// <param name="Answers">What the organisation says to the reasons of a return.</param>
public sealed record ReviewEntryResponse(
    DateTimeOffset At, ReviewAct Act, ReviewLevel Level, ActingOrganisation? Organisation, int Revision, Guid? By, IReadOnlyList<ReturnReasonText> Reasons, DateTimeOffset? DueAt,
    bool? Unopened, string? Words, IReadOnlyList<AnswerResponse> Answers);

/// <param name="Reason">Which of the reasons, from 0.</param>
public sealed record AnswerResponse(int Reason, string Text, Guid By, DateTimeOffset At);

internal static class ReviewResponses
{
    public static async Task<ReviewResponse> ToResponseAsync(this Review review, SupervisionDbContext db, Caller caller, CancellationToken cancellationToken) =>
        (await ToResponsesAsync([review], db, caller, cancellationToken))[0];

    /// <summary>Three queries, however many reviews.</summary>
    public static async Task<IReadOnlyList<ReviewResponse>> ToResponsesAsync(
        this IReadOnlyCollection<Review> reviews, SupervisionDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var ids = reviews.SelectMany(r => r.History.Select(entry => entry.OrganisationId ?? r.OrganisationId).Append(r.OrganisationId)).Distinct().ToArray();
        var names = await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Code, o.NameZh, o.NameEn }).ToDictionaryAsync(o => o.Id, cancellationToken);
        var lines = await db.LinesOfAsync([.. reviews.Select(r => r.OrganisationPath)], cancellationToken);
        var closed = await db.ClosedAsync([.. reviews.Select(r => r.CycleId).Distinct()], cancellationToken);
        ActingOrganisation? Acting(ReviewEntry entry) => entry.OrganisationId is { } id ? new(id, names.GetValueOrDefault(id)?.NameZh, names.GetValueOrDefault(id)?.NameEn) : null;
        return [.. reviews.Select(review =>
        {
            var name = names.GetValueOrDefault(review.OrganisationId);
            return new ReviewResponse(
                review.Id, review.ModuleReportId, review.ReportId, review.CycleId, review.ModuleKey,
                new(review.OrganisationId, name?.Code, name?.NameZh, name?.NameEn, review.OrganisationPath), review.Level,
                review.Revision, review.State, review.Version, review.SubmittedAt, review.WaitingSince,
                [.. review.Acts(caller, lines[review.OrganisationPath] with { CycleClosed = closed.Contains(review.CycleId) }).Select(act => new ReviewActResponse(act.Act, act.Refusal is null, act.Refusal?.Detail))],
                [.. review.History.OrderBy(entry => entry.Version)
                    .Select(entry => new ReviewEntryResponse(entry.At, entry.Act, entry.Level, Acting(entry), entry.Revision, entry.By, review.ReasonsFor(caller, entry), entry.DueAt,
                        entry.Unopened, entry.Words, review.AnswersFor(caller, entry)))],
                review.UnlockAskedAt, [.. review.Openings.Where(o => o.Revision == review.Revision).OrderBy(o => o.At).Select(o => new OpeningResponse(o.Level, o.PersonId, o.At))]);
        })];
    }

    /// <summary>The review within the caller's sight: 404 outside, 403 inside without a reading role.</summary>
    public static async Task<(Review? Review, Problem? Problem)> FindAsync(this SupervisionDbContext db, Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var review = await db.Reviews.Include(r => r.History.OrderBy(entry => entry.Version)).Include(r => r.Openings).Include(r => r.Answers).AsSplitQuery().VisibleTo(caller, r => r.OrganisationPath)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        return review is null ? (null, GeneralProblems.NotFound)
            : caller.MayActAs(review.OrganisationPath, ReviewRoles.Readers) || caller.Rights.Any(right => right.IsGroupFor(review.OrganisationPath, review.ModuleKey)) ? (review, null)
            : (null, GeneralProblems.Forbidden);
    }
}
