using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Conversations;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>Reports with a module that was asked for, those waiting longest first unless another order was, each with all its modules' reviews.</summary>
/// <param name="Counts">Reviews by state in the whole scope, whatever else was asked for and whichever page.</param>
public sealed record QueueResponse(IReadOnlyList<QueueReport> Items, int Page, int PageSize, int Total, IReadOnlyDictionary<string, int> Counts);

/// <param name="Exempt">Nothing is asked of it any more; what came in before may still be decided.</param>
/// <param name="Talk">What the caller has not read of what was said about it; null when nothing.</param>
public sealed record QueueReport(ReviewOrganisation Organisation, Guid ReportId, Guid CycleId, ReviewLevel Level, IReadOnlyList<QueueReview> Reviews, bool Exempt, UnreadTalk? Talk);

/// <param name="ExplainedWarnings">Null where nobody told.</param>
/// <param name="Late">Came after its deadline.</param>
/// <param name="ReturnRounds">How often it was sent back.</param>
/// <param name="Outliers">Warnings that compare with the past or with schools like it; null where nobody told.</param>
public sealed record QueueReview(
    Guid Id, Guid ModuleReportId, string ModuleKey, int Revision, ReviewState State, long Version, DateTimeOffset SubmittedAt, DateTimeOffset WaitingSince,
    int? ExplainedWarnings, bool Late, int ReturnRounds, int? Outliers);

internal static class GetQueue
{
    public static async Task<Results<Ok<QueueResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] QueueFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (filter.Refuse() is { } refusal)
        {
            return refusal.ToHttpResult();
        }

        var own = ReviewScope.Of(caller.SubtreePaths(ReviewRoles.Reviewers));
        var (scope, problem) = await own.UnderAsync(db, caller, filter.OrganisationId, cancellationToken);
        if (problem is not null || own.From.Length == 0)
        {
            return (problem ?? GeneralProblems.Forbidden).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var deadlines = filter.Overdue is null ? "{}" : await DeadlinesAsync(db, filter.CycleId, cancellationToken);
        var found = await db.Database.SqlQueryRaw<QueueRow>(QueueStatement.Of(filter), QueueStatement.Parameters(filter, scope, deadlines, page.Skip(), page.Size(), now)).ToListAsync(cancellationToken);
        var talks = await db.UnreadAsync(caller, [.. found.Select(row => row.ReportId).OfType<Guid>().Distinct()], cancellationToken);
        var response = Response(found, talks, page, filter.CycleId);
        await trail.SawAsync("queue", filter.CycleId, scope.From.Length == 1 ? scope.From[0] : own.From[0], response.Items.Count, filter.ToAudit());
        return TypedResults.Ok(response);
    }

    /// <summary>By level, for the statement.</summary>
    private static async Task<string> DeadlinesAsync(SupervisionDbContext db, Guid cycleId, CancellationToken cancellationToken) =>
        JsonSerializer.Serialize(await db.Cycles.Where(c => c.Id == cycleId).Select(c => c.Deadlines).FirstOrDefaultAsync(cancellationToken) ?? new Dictionary<string, DateTimeOffset>());

    private static QueueResponse Response(IReadOnlyList<QueueRow> found, IReadOnlyDictionary<Guid, UnreadTalk> talks, PageRequest page, Guid cycleId)
    {
        var reports = found.Where(row => row.Id is not null).GroupBy(row => row.ReportId!.Value).Select(rows => new QueueReport(
            new(rows.First().OrganisationId!.Value, rows.First().Code, rows.First().NameZh, rows.First().NameEn, rows.First().OrganisationPath!),
            rows.Key, cycleId, ReviewKeys.Level(rows.First().Level!),
            [.. rows.Select(row => new QueueReview(row.Id!.Value, row.ModuleReportId!.Value, row.ModuleKey!, row.Revision!.Value, ReviewKeys.State(row.State!),
                row.Version!.Value, row.SubmittedAt!.Value, row.WaitingSince!.Value, row.ExplainedWarnings, row.Late!.Value, row.ReturnRounds!.Value, row.Outliers))],
            rows.First().Exempt, talks.GetValueOrDefault(rows.Key)));
        return new([.. reports], page.Number(), page.Size(), found[0].Total, JsonSerializer.Deserialize<Dictionary<string, int>>(found[0].Counts)!);
    }

    /// <summary>One review of the page; only total and counts when the page is empty.</summary>
    private sealed record QueueRow(
        int Total, string Counts, Guid? Id, Guid? ModuleReportId, Guid? ReportId, Guid? OrganisationId, string? OrganisationPath, string? Level, string? ModuleKey,
        int? Revision, string? State, long? Version, DateTimeOffset? SubmittedAt, DateTimeOffset? WaitingSince, int? ExplainedWarnings, bool? Late, int? ReturnRounds, int? Outliers,
        string? Code, string? NameZh, string? NameEn, bool Exempt);
}
