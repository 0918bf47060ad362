using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>What came in from each place right below one, and what of it waits at a step.</summary>
public sealed record QueuePlacesResponse(Guid CycleId, ReviewLevel Step, IReadOnlyList<QueuePlace> Places);

/// <param name="Counts">Reviews by state, of all below it.</param>
/// <param name="Schools">Schools with a module that waits at the step. A county's own report is not a school's.</param>
/// <param name="Drawable">Of these, those that a sample announced now would list; 0 where none can be drawn.</param>
public sealed record QueuePlace(Guid OrganisationId, string Code, string NameZh, string NameEn, IReadOnlyDictionary<string, int> Counts, int Schools, int Drawable);

/// <param name="CycleId">Required.</param>
/// <param name="Step">"county", "city" or "province"; required.</param>
/// <param name="OrganisationId">Above the places; without it the caller's own.</param>
internal sealed record QueuePlacesFilter(Guid CycleId, [property: RegularExpression("^(county|city|province)$")] string? Step, Guid? OrganisationId);

/// <summary>One answer for the page of a city's counties or the province's cities, however many there are.</summary>
internal static class GetQueuePlaces
{
    public static async Task<Results<Ok<QueuePlacesResponse>, ProblemHttpResult>> HandleAsync(
        [AsParameters] QueuePlacesFilter filter, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        if (ReviewTransitions.All.FirstOrDefault(t => t.Passes && t.At.Key() == filter.Step) is not { } pass)
        {
            return GeneralProblems.BadRequest("step: county, city, province").ToHttpResult();
        }

        var (place, _, problem) = await BoardPlaces.FindAsync(db, caller, filter.OrganisationId, cancellationToken);
        if (place is null)
        {
            return problem!.ToHttpResult();
        }

        // The same pass over the queue's index as the queue itself (QueueStatement), a range for each place. Who is in an open sample is
        // looked at review by review only where the report is in one, as the announcement does (AnnounceSample).
        var (state, draws) = (pass.From.Key(), Samples.SampleRights.Steps.Contains(pass.At));
        var found = await db.Database.SqlQuery<Row>($"""
            with places as (
              select o.id, o.path, left(o.path, -1) || '0' as until, o.code, o.name_zh, o.name_en, o.level_roles && array['county', 'city'] as is_area, o.valid_to is not null as ends from organisations o where o.parent_id = {place.Id}
            ), standing as materialized (
              select p.id, r.report_id, r.organisation_id, r.state, count(*) as reviews
              from places p join reviews r on r.cycle_id = {filter.CycleId} and r.organisation_path >= p.path and r.organisation_path < p.until group by p.id, r.report_id, r.organisation_id, r.state
            ), counted as (
              select c.id, jsonb_object_agg(c.state, c.reviews)::text as counts from (select s.id, s.state, sum(s.reviews)::bigint as reviews from standing s group by s.id, s.state) c group by c.id
            ), sampled as (
              select distinct x.report_id from samples s join sample_reports x on x.sample_id = s.id where s.cycle_id = {filter.CycleId} and s.approved_at is null
            ), exempt as (
              select e.report_id from roster e where e.cycle_id = {filter.CycleId} and e.exempt_at is not null
            ), waiting as (
              select s.id, count(*)::int as schools, (count(*) filter (where e.report_id is null and (x.report_id is null or exists (
                select from reviews v where v.report_id = s.report_id and v.state = {state} and not exists (
                  select from sample_reviews y join samples z on z.id = y.sample_id where y.review_id = v.id and y.revision = v.revision and z.approved_at is null)))))::int as free
              from standing s join organisations o on o.id = s.organisation_id left join sampled x on x.report_id = s.report_id left join exempt e on e.report_id = s.report_id
              where s.state = {state} and 'school' = any(o.level_roles) group by s.id
            )
            select p.id as "Id", p.code as "Code", p.name_zh as "NameZh", p.name_en as "NameEn", coalesce(c.counts, {"{}"}) as "Counts", coalesce(w.schools, 0) as "Schools",
              case when {draws} and p.is_area then coalesce(w.free, 0) else 0 end as "Drawable"
            from places p left join counted c on c.id = p.id left join waiting w on w.id = p.id where c.id is not null or not p.ends order by p.code, p.id
            """).ToListAsync(cancellationToken);
        await trail.SawAsync("queue", filter.CycleId, place.Path, found.Count, filter);
        return TypedResults.Ok(new QueuePlacesResponse(filter.CycleId, pass.At,
            [.. found.Select(row => new QueuePlace(row.Id, row.Code, row.NameZh, row.NameEn, JsonSerializer.Deserialize<Dictionary<string, int>>(row.Counts)!, row.Schools, row.Drawable))]));
    }

    private sealed record Row(Guid Id, string Code, string NameZh, string NameEn, string Counts, int Schools, int Drawable);
}
