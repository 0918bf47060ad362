using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>Reports with a module at the step asked for, those waiting longest first, each with all its modules' reviews.</summary>
/// <param name="Counts">Reviews by state in the whole scope, whatever the step and page.</param>
public sealed record QueueResponse(IReadOnlyList<QueueReport> Items, int Page, int PageSize, int Total, IReadOnlyDictionary<string, int> Counts);

public sealed record QueueReport(ReviewOrganisation Organisation, Guid ReportId, Guid CycleId, ReviewLevel Level, IReadOnlyList<QueueReview> Reviews);

public sealed record QueueReview(
    Guid Id, Guid ModuleReportId, string ModuleKey, int Revision, ReviewState State, long Version, DateTimeOffset SubmittedAt, DateTimeOffset WaitingSince);

/// <param name="CycleId">Required.</param>
/// <param name="Step">Without it reports in any state. Text, because query binding takes enums only as C# spells them.</param>
/// <param name="OrganisationId">Only this organisation's subtree.</param>
internal sealed record QueueFilter(Guid CycleId, [property: RegularExpression("^(county|city|province)$")] string? Step, Guid? OrganisationId);

internal static class GetQueue
{
    public static async Task<Results<Ok<QueueResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] QueueFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, CancellationToken cancellationToken)
    {
        var pass = ReviewTransitions.All.FirstOrDefault(t => t.Act is not ReviewAct.Return && t.At.Key() == filter.Step);
        if (filter.Step is not null && pass is null)
        {
            return GeneralProblems.BadRequest("step: county, city, province").ToHttpResult();
        }

        var own = ReviewScope.Of(caller.SubtreePaths(ReviewRoles.Reviewers));
        var (scope, problem) = await own.UnderAsync(db, caller, filter.OrganisationId, cancellationToken);
        if (problem is not null || own.From.Length == 0)
        {
            return (problem ?? GeneralProblems.Forbidden).ToHttpResult();
        }

        // One statement: rows and sums come from the same snapshot, and a county's page is one range of an index.
        var state = pass?.From.Key();
        var found = await db.Database.SqlQuery<QueueRow>($"""
            with reports as (
              select r.report_id, min(r.waiting_since) as oldest
              from unnest({scope.From}, {scope.To}) s(f, t)
              join reviews r on r.cycle_id = {filter.CycleId} and r.organisation_path >= s.f and r.organisation_path < s.t
              where {state}::text is null or r.state = {state}
              group by r.report_id
            ), page as (
              select report_id, row_number() over (order by oldest, report_id) as place from reports order by oldest, report_id offset {page.Skip()} limit {page.Size()}
            ), counted as (
              select r.state, count(*) as reviews
              from unnest({scope.From}, {scope.To}) s(f, t)
              join reviews r on r.cycle_id = {filter.CycleId} and r.organisation_path >= s.f and r.organisation_path < s.t
              group by r.state
            )
            select (select count(*) from reports)::int as "Total", coalesce((select jsonb_object_agg(state, reviews)::text from counted), {"{}"}) as "Counts",
              r.id as "Id", r.module_report_id as "ModuleReportId", r.report_id as "ReportId", r.organisation_id as "OrganisationId",
              r.organisation_path as "OrganisationPath", r.level as "Level", r.module_key as "ModuleKey", r.revision as "Revision", r.state as "State",
              r.version as "Version", r.submitted_at as "SubmittedAt", r.waiting_since as "WaitingSince", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn"
            from (select 1) one left join page on true left join reviews r on r.report_id = page.report_id left join organisations o on o.id = r.organisation_id
            order by page.place, r.module_key
            """).ToListAsync(cancellationToken);
        return TypedResults.Ok(Response(found, page, filter.CycleId));
    }

    private static QueueResponse Response(IReadOnlyList<QueueRow> found, PageRequest page, Guid cycleId)
    {
        var reports = found.Where(row => row.Id is not null).GroupBy(row => row.ReportId!.Value).Select(rows => new QueueReport(
            new(rows.First().OrganisationId!.Value, rows.First().Code, rows.First().NameZh, rows.First().NameEn, rows.First().OrganisationPath!),
            rows.Key, cycleId, ReviewKeys.Level(rows.First().Level!),
            [.. rows.Select(row => new QueueReview(row.Id!.Value, row.ModuleReportId!.Value, row.ModuleKey!, row.Revision!.Value, ReviewKeys.State(row.State!),
                row.Version!.Value, row.SubmittedAt!.Value, row.WaitingSince!.Value))]));
        return new([.. reports], page.Number(), page.Size(), found[0].Total, JsonSerializer.Deserialize<Dictionary<string, int>>(found[0].Counts)!);
    }

    /// <summary>One review of the page; only total and counts when the page is empty.</summary>
    private sealed record QueueRow(
        int Total, string Counts, Guid? Id, Guid? ModuleReportId, Guid? ReportId, Guid? OrganisationId, string? OrganisationPath, string? Level, string? ModuleKey,
        int? Revision, string? State, long? Version, DateTimeOffset? SubmittedAt, DateTimeOffset? WaitingSince, string? Code, string? NameZh, string? NameEn);
}
