using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

public sealed record ReviewResponse(
    Guid Id, Guid ModuleReportId, Guid ReportId, Guid CycleId, string ModuleKey, ReviewOrganisation Organisation, ReviewLevel Level,
    int Revision, ReviewState State, long Version, DateTimeOffset SubmittedAt, DateTimeOffset WaitingSince,
    IReadOnlyList<ReviewActResponse> Acts, IReadOnlyList<ReviewEntryResponse> History);

/// <summary>Names are null until the replica knows the organisation.</summary>
public sealed record ReviewOrganisation(Guid Id, string? Code, string? NameZh, string? NameEn, string Path);

/// <summary>An act and, when it is not open to the caller, the reason.</summary>
public sealed record ReviewActResponse(ReviewAct Act, bool Allowed, Text? Reason);

public sealed record ReviewEntryResponse(
    DateTimeOffset At, ReviewAct Act, ReviewLevel Level, int Revision, Guid? By, IReadOnlyList<ReturnReasonText> Reasons, DateTimeOffset? DueAt);

internal static class ReviewResponses
{
    public static async Task<ReviewResponse> ToResponseAsync(this Review review, SupervisionDbContext db, Caller caller, CancellationToken cancellationToken) =>
        (await ToResponsesAsync([review], db, caller, cancellationToken))[0];

    /// <summary>Two queries, however many reviews.</summary>
    public static async Task<IReadOnlyList<ReviewResponse>> ToResponsesAsync(
        this IReadOnlyCollection<Review> reviews, SupervisionDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var ids = reviews.Select(r => r.OrganisationId).Distinct().ToArray();
        var names = await db.Organisations.Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, o.Code, o.NameZh, o.NameEn }).ToDictionaryAsync(o => o.Id, cancellationToken);
        var lines = await db.LinesOfAsync([.. reviews.Select(r => r.OrganisationPath)], cancellationToken);
        return [.. reviews.Select(review =>
        {
            var name = names.GetValueOrDefault(review.OrganisationId);
            return new ReviewResponse(
                review.Id, review.ModuleReportId, review.ReportId, review.CycleId, review.ModuleKey,
                new(review.OrganisationId, name?.Code, name?.NameZh, name?.NameEn, review.OrganisationPath), review.Level,
                review.Revision, review.State, review.Version, review.SubmittedAt, review.WaitingSince,
                [.. review.Acts(caller, lines[review.OrganisationPath]).Select(act => new ReviewActResponse(act.Act, act.Refusal is null, act.Refusal?.Detail))],
                [.. review.History.OrderBy(entry => entry.Version)
                    .Select(entry => new ReviewEntryResponse(entry.At, entry.Act, entry.Level, entry.Revision, entry.By, entry.Reasons, entry.DueAt))]);
        })];
    }

    /// <summary>The review within the caller's sight: 404 outside, 403 inside without a reading role.</summary>
    public static async Task<(Review? Review, Problem? Problem)> FindAsync(this SupervisionDbContext db, Caller caller, Guid id, CancellationToken cancellationToken)
    {
        var review = await db.Reviews.Include(r => r.History.OrderBy(entry => entry.Version)).VisibleTo(caller, r => r.OrganisationPath)
            .FirstOrDefaultAsync(r => r.Id == id, cancellationToken);
        return review is null ? (null, GeneralProblems.NotFound)
            : caller.MayActAs(review.OrganisationPath, ReviewRoles.Readers) ? (review, null)
            : (null, GeneralProblems.Forbidden);
    }
}
