using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>One report of the list as it stands now.</summary>
internal sealed record SampledReport(
    Guid ReportId, Guid OrganisationId, string? Code, string? NameZh, string? NameEn, int ExplainedWarnings, int ReturnRounds, bool Late, bool ReadLately, int? Quality, int? Place, int Modules, int Standing, string State)
{
    public SampleOutcome Outcome => State switch
    {
        "failed" => SampleOutcome.Failed,
        "waiting" => SampleOutcome.Waiting,
        "passed" => SampleOutcome.Passed,
        "unread" => SampleOutcome.Unread,
        _ => SampleOutcome.Replaced,
    };

    public SampleCandidate ToCandidate() => new(ReportId, new(ExplainedWarnings, ReturnRounds, Late, ReadLately, Quality));
}

/// <summary>Where a sample stands: computed from the reviews and their history each time, so that no act can be forgotten.</summary>
/// <param name="Reports">The whole list, drawn ones in their order.</param>
/// <param name="Reach">How many of the order have to be read by now.</param>
/// <param name="Failures">Of those.</param>
internal sealed record SampleProgress(IReadOnlyList<SampledReport> Reports, int Reach, int Failures)
{
    /// <summary>Of those to be read, how many still wait.</summary>
    public int Waiting => Reports.Take(Reach).Count(report => report.Outcome == SampleOutcome.Waiting);

    /// <summary>Modules of the rest that still wait.</summary>
    public int RestStanding => Reports.Skip(Reach).Sum(report => report.Standing);
}

internal static class SampleProgresses
{
    public static async Task<SampleProgress> ProgressOfAsync(this SupervisionDbContext db, Sample sample, CancellationToken cancellationToken)
    {
        var (from, step) = (ReviewTransitions.Pass(sample.Step).From.Key(), sample.Step.Key());
        var reports = await db.Database.SqlQuery<SampledReport>($"""
            with one as (
              select x.report_id, case
                when exists (select from review_entries e where e.review_id = x.review_id and e.revision = x.revision and e.level = {step} and e.act = 'return') then 'failed'
                when exists (select from review_entries e where e.review_id = x.review_id and e.revision = x.revision and e.level = {step} and e.act in ('approve', 'accept') and e.unopened) then 'unread'
                when exists (select from review_entries e where e.review_id = x.review_id and e.revision = x.revision and e.level = {step} and e.act in ('approve', 'accept')) then 'passed'
                when r.revision = x.revision and r.state = {from} and e.report_id is null then 'waiting' else 'replaced' end as state
              from sample_reviews x join reviews r on r.id = x.review_id left join roster e on e.report_id = x.report_id and e.exempt_at is not null where x.sample_id = {sample.Id}
            ), each as (
              select report_id, count(*)::int as modules, (count(*) filter (where state = 'waiting'))::int as standing,
                case when bool_or(state = 'failed') then 'failed' when bool_or(state = 'waiting') then 'waiting' when bool_or(state = 'unread') then 'unread' when bool_or(state = 'passed') then 'passed' else 'replaced' end as state
              from one group by report_id
            )
            select s.report_id as "ReportId", s.organisation_id as "OrganisationId", o.code as "Code", o.name_zh as "NameZh", o.name_en as "NameEn",
              s.explained_warnings as "ExplainedWarnings", s.return_rounds as "ReturnRounds", s.late as "Late", s.read_lately as "ReadLately", s.quality as "Quality", s.place as "Place",
              coalesce(each.modules, 0) as "Modules", coalesce(each.standing, 0) as "Standing", coalesce(each.state, 'replaced') as "State"
            from sample_reports s left join each on each.report_id = s.report_id left join organisations o on o.id = s.organisation_id
            where s.sample_id = {sample.Id} order by s.place, s.report_id
            """).ToListAsync(cancellationToken);
        if (sample.Seed is null)
        {
            return new(reports, 0, 0);
        }

        var (reach, failures) = SampleSize.ReachOf([.. reports.Select(report => report.Outcome)], sample.FirstSize);
        return new(reports, sample.Reach ?? reach, failures);
    }
}
