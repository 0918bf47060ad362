using Gengdu.Organisations;
using Gengdu.Reporting.Data;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.Cycles;

/// <param name="FromVersion">Before.</param>
/// <param name="ToVersion">After; the same when only the date was set.</param>
/// <param name="Reason">The owner's words.</param>
/// <param name="RequiredBy">From then on only the version after is signed; null: earlier ones may be.</param>
/// <param name="ChangedAt">Server time.</param>
internal sealed record ProgrammeChangeResponse(string FromVersion, string ToVersion, string Reason, DateTimeOffset? RequiredBy, DateTimeOffset ChangedAt);

/// <summary>Everybody in the cycle may read why its form changed; the newest first.</summary>
internal static class ListProgrammeChanges
{
    public static async Task<Results<Ok<Page<ProgrammeChangeResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, ReportingDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Cycles.VisibleTo(caller).AnyAsync(c => c.Id == id, cancellationToken))
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var changes = db.ProgrammeChanges.Where(c => c.CycleId == id);
        var total = await changes.CountAsync(cancellationToken);
        var items = await changes.OrderByDescending(c => c.ChangedAt).ThenByDescending(c => c.Id).Skip(page.Skip()).Take(page.Size())
            .Select(c => new ProgrammeChangeResponse(c.FromVersion, c.ToVersion, c.Reason, c.RequiredBy, c.ChangedAt)).ToListAsync(cancellationToken);
        return TypedResults.Ok(new Page<ProgrammeChangeResponse>(items, page.Number(), page.Size(), total));
    }
}
