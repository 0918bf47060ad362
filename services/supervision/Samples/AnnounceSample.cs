using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>Freezes what waits at a step from one county or city as the list to draw from.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="Step">"city" or "province".</param>
/// <param name="OrganisationId">The county or city whose schools are drawn.</param>
/// <param name="SharePercent">10 to 100; without it 15. At least three schools are read whatever it is.</param>
public sealed record AnnounceSampleRequest(Guid CycleId, ReviewLevel Step, Guid OrganisationId, int? SharePercent = null);

internal static class AnnounceSample
{
    private const int UsualShare = 15;

    public static async Task<Results<Created<SampleResponse>, ProblemHttpResult>> HandleAsync(
        AnnounceSampleRequest request, Caller caller, SupervisionDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var organisation = await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == request.OrganisationId, cancellationToken);
        if (organisation is null || !caller.Sees(organisation.Path))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        if ((Invalid(request, organisation) ?? await db.RefuseAsync(caller, organisation.Path, request.Step, cancellationToken)) is { } problem)
        {
            return problem.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Of two at once at the same step the second finds the first one's list: areas may lie within one another.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"sample {request.CycleId} {request.Step}"}, 0))", cancellationToken);
        if (await db.Set<Sample>().AnyAsync(s => s.CycleId == request.CycleId && s.Step == request.Step && s.OrganisationId == organisation.Id && s.ApprovedAt == null, cancellationToken))
        {
            return SampleProblems.StillOpen.ToHttpResult();
        }

        var waiting = await WaitingAsync(db, request, organisation, now, cancellationToken);
        if (waiting.Count == 0)
        {
            return SampleProblems.NothingWaits.ToHttpResult();
        }

        var reports = waiting.GroupBy(w => w.ReportId).Select(modules => ToReport([.. modules])).ToList();
        var sample = Sample.Announce(request.CycleId, request.Step, organisation, request.SharePercent ?? UsualShare, [.. reports.Select(r => r.ToCandidate())], caller.PersonId, now);
        db.Add(sample);
        db.Audit(AuditAct.Of(caller, "sample.announced", sample.Id, sample.OrganisationPath, new
        {
            sample.CycleId,
            step = sample.Step.Key(),
            algorithm = sample.Algorithm,
            sample.Candidates,
            sample.SharePercent,
            sample.ListHash,
        }) with
        { OrganisationId = sample.OrganisationId }, now);
        await db.SaveChangesAsync(cancellationToken);
        await WriteListAsync(db, sample.Id, reports, waiting, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Created($"/api/supervision/samples/{sample.Id}", await sample.ToResponseAsync(db, caller, cancellationToken));
    }

    private static Problem? Invalid(AnnounceSampleRequest request, Organisation organisation) =>
        !SampleRights.Steps.Contains(request.Step) ? GeneralProblems.Invalid(new FieldError("step", "option", new("抽样审核限市级、省级环节", "Samples are drawn at the city's and the province's step")))
        : !organisation.LevelRoles.Any(role => role is "county" or "city") ? GeneralProblems.Invalid(new FieldError("organisationId", "option", new("请选择县级或市级单位", "Choose a county or a city")))
        : request.SharePercent is < SampleSize.SmallestShare or > 100
            ? GeneralProblems.Invalid(new FieldError("sharePercent", "range", new($"抽样比例须为 {SampleSize.SmallestShare}% 至 100%", $"The share has to be {SampleSize.SmallestShare} to 100 percent")))
        : null;

    /// <summary>Schools' modules that wait at the step and are in no other open sample. A department's own form is read, never drawn; nothing is asked of the exempt.</summary>
    private static Task<List<Waiting>> WaitingAsync(SupervisionDbContext db, AnnounceSampleRequest request, Organisation organisation, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (from, lately) = (ReviewTransitions.Pass(request.Step).From.Key(), now.AddDays(-365));
        var (root, end) = (organisation.Path, organisation.Path[..^1] + "0");
        return db.Database.SqlQuery<Waiting>($"""
            select r.report_id as "ReportId", r.id as "ReviewId", r.revision as "Revision", r.organisation_id as "OrganisationId", coalesce(r.explained_warnings, 0) as "ExplainedWarnings",
              r.return_rounds as "ReturnRounds", r.late as "Late", exists (
                select from sample_reports p join samples s on s.id = p.sample_id
                where p.organisation_id = r.organisation_id and s.drawn_at > {lately} and p.place <= coalesce(s.reach, s.first_size)) as "ReadLately", q.score as "Quality"
            from reviews r left join school_quality q on q.cycle_id = r.cycle_id and q.organisation_id = r.organisation_id
            where r.cycle_id = {request.CycleId} and r.state = {from} and r.level = 'school' and r.organisation_path >= {root} and r.organisation_path < {end}
              and not exists (select from sample_reviews x join samples s on s.id = x.sample_id where x.review_id = r.id and x.revision = r.revision and s.approved_at is null)
              and not exists (select from roster e where e.report_id = r.report_id and e.exempt_at is not null)
            order by r.report_id, r.id
            """).ToListAsync(cancellationToken);
    }

    private static SampleReport ToReport(IReadOnlyList<Waiting> modules) => new()
    {
        SampleId = Guid.Empty,
        ReportId = modules[0].ReportId,
        OrganisationId = modules[0].OrganisationId,
        ExplainedWarnings = modules.Sum(m => m.ExplainedWarnings),
        ReturnRounds = modules.Max(m => m.ReturnRounds),
        Late = modules.Any(m => m.Late),
        ReadLately = modules[0].ReadLately,
        Quality = modules[0].Quality,
    };

    private static async Task WriteListAsync(SupervisionDbContext db, Guid id, List<SampleReport> reports, List<Waiting> waiting, CancellationToken cancellationToken)
    {
        Guid[] reportIds = [.. reports.Select(r => r.ReportId)], organisations = [.. reports.Select(r => r.OrganisationId)], reviews = [.. waiting.Select(w => w.ReviewId)], reportOf = [.. waiting.Select(w => w.ReportId)];
        int[] warnings = [.. reports.Select(r => r.ExplainedWarnings)], rounds = [.. reports.Select(r => r.ReturnRounds)], revisions = [.. waiting.Select(w => w.Revision)];
        int?[] quality = [.. reports.Select(r => r.Quality)];
        bool[] late = [.. reports.Select(r => r.Late)], lately = [.. reports.Select(r => r.ReadLately)];
        await db.Database.ExecuteSqlAsync($"""
            insert into sample_reports (sample_id, report_id, organisation_id, explained_warnings, return_rounds, late, read_lately, quality)
            select {id}, * from unnest({reportIds}, {organisations}, {warnings}, {rounds}, {late}, {lately}, {quality})
            """, cancellationToken);
        await db.Database.ExecuteSqlAsync($"""
            insert into sample_reviews (sample_id, review_id, report_id, revision) select {id}, * from unnest({reviews}, {reportOf}, {revisions})
            """, cancellationToken);
    }

    private sealed record Waiting(Guid ReportId, Guid ReviewId, int Revision, Guid OrganisationId, int ExplainedWarnings, int ReturnRounds, bool Late, bool ReadLately, int? Quality);
}
