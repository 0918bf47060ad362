using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>A sample in a list: without what was drawn.</summary>
public sealed record SampleSummary(
    Guid Id, Guid CycleId, ReviewLevel Step, ActingOrganisation Organisation, int SharePercent, int Candidates, int FirstSize, DateTimeOffset AnnouncedAt, DateTimeOffset? DrawnAt, DateTimeOffset? ApprovedAt);

/// <param name="CycleId">Of one cycle.</param>
/// <param name="OrganisationId">Drawn from this organisation.</param>
internal sealed record ListSamplesFilter(Guid CycleId, Guid? OrganisationId);

internal static class ListSamples
{
    public static async Task<Results<Ok<Page<SampleSummary>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] ListSamplesFilter filter, [AsParameters] PageRequest page, Caller caller, SupervisionDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var samples = db.Set<Sample>().AsNoTracking().VisibleTo(caller, s => s.OrganisationPath, ReviewRoles.Reviewers)
            .Where(s => s.CycleId == filter.CycleId && (filter.OrganisationId == null || s.OrganisationId == filter.OrganisationId));
        var total = await samples.CountAsync(cancellationToken);
        var found = await (from s in samples.OrderByDescending(s => s.AnnouncedAt).ThenBy(s => s.Id).Skip(page.Skip()).Take(page.Size())
                           join o in db.Organisations on s.OrganisationId equals o.Id into named
                           from o in named.DefaultIfEmpty()
                           orderby s.AnnouncedAt descending, s.Id
                           select new SampleSummary(
                               s.Id, s.CycleId, s.Step, new(s.OrganisationId, o!.NameZh, o.NameEn), s.SharePercent, s.Candidates, s.FirstSize, s.AnnouncedAt, s.DrawnAt, s.ApprovedAt))
            .ToListAsync(cancellationToken);
        await trail.SawAsync("sample", null, caller.PlaceOf([]), found.Count, filter);
        return TypedResults.Ok(new Page<SampleSummary>(found, page.Number(), page.Size(), total));
    }
}
