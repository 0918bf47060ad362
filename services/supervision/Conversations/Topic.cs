using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Gengdu.Supervision.Conversations;

/// <summary>A module report as something that is talked about: from the day it is owed, submitted or not.</summary>
internal sealed record Topic(Guid ReportId, string ModuleKey, Guid CycleId, Guid OrganisationId, string OrganisationPath)
{
    /// <summary>Its review; null before the first submission.</summary>
    public TopicReview? Review { get; init; }

    /// <summary>By which right the caller takes part: the organisation's own first, else the nearest above, else a group's.</summary>
    public required Right Seat { get; init; }

    /// <summary>
    /// What is said at a personal cell may repeat it: for those who may read the cell (<see cref="ReviewWords"/>), and for whoever said it.
    /// </summary>
    public bool IsMasked(Caller caller, Message message) => message.Cell is { } cell && message.By != caller.PersonId
        && ReviewWords.IsPersonal(Review?.PersonalCells, cell) && !ReviewWords.MayReadPersonal(caller, OrganisationId, OrganisationPath);
}

internal sealed record TopicReview(ReviewState State, int Revision, string[]? PersonalCells);

internal static class Topics
{
    /// <summary>The report within the caller's sight: 404 outside, 403 inside for who takes no part in reporting and reviewing it.</summary>
    public static async Task<(Topic? Topic, Problem? Problem)> FindTopicAsync(this SupervisionDbContext db, Caller caller, Guid reportId, string moduleKey, CancellationToken cancellationToken)
    {
        var row = await db.Roster.AsNoTracking().VisibleTo(caller, r => r.OrganisationPath).FirstOrDefaultAsync(r => r.ReportId == reportId, cancellationToken);
        if (row is null)
        {
            return (null, GeneralProblems.NotFound);
        }

        if (SeatOf(caller, row.OrganisationPath, moduleKey) is not { } seat)
        {
            return (null, GeneralProblems.Forbidden);
        }

        if (!row.ModuleKeys.Contains(moduleKey))
        {
            return (null, GeneralProblems.NotFound);
        }

        var review = await db.Reviews.AsNoTracking().Where(r => r.ReportId == reportId && r.ModuleKey == moduleKey)
            .Select(r => new TopicReview(r.State, r.Revision, r.PersonalCells)).FirstOrDefaultAsync(cancellationToken);
        return (new(reportId, moduleKey, row.CycleId, row.OrganisationId, row.OrganisationPath) { Review = review, Seat = seat }, null);
    }

    public static Right? SeatOf(Caller caller, string path, string moduleKey) =>
        caller.Rights.FirstOrDefault(right => right.Role is Roles.Reporter or Roles.Approver && right.Covers(path))
        ?? caller.Rights.Where(right => ReviewRoles.Reviewers.Contains(right.Role) && right.Covers(path)).MaxBy(right => right.Path.Length)
        ?? caller.Rights.FirstOrDefault(right => right.IsGroupFor(path, moduleKey));

    /// <summary>Two who write at once get a number each, and a report that moves away meanwhile is written about before or not at all.</summary>
    public static async Task<IDbContextTransaction> BeginTalkAsync(this SupervisionDbContext db, Guid reportId, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        await db.Database.ExecuteSqlAsync($"select from roster where report_id = {reportId} for update", cancellationToken);
        return transaction;
    }
}
