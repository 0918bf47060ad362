using Gengdu.Contracts.Reporting.V1;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Deadlines;

/// <summary>Who asked hears the answer, and whoever still has something to hand in of the time it has got. In the transaction that keeps the extension.</summary>
internal static class ExtensionNotices
{
    private static readonly ReviewState[] Back = [ReviewState.Returned, ReviewState.Withdrawn, ReviewState.Unlocked];

    public static async Task TellAsync(this SupervisionDbContext db, ExtensionDecided e, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var telling = await DeadlineTellings.AboutAsync(db, e.Approved ? "extension-granted" : "extension-refused", e.ExtensionId, e.CycleId, e.OrganisationId, e.OrganisationPath, cancellationToken);
        telling = (e.Until is { } until ? telling.With("untilAt", until) : telling) with { Urgent = true, Except = e.DecidedBy };
        var tellings = new List<Telling>();
        if (e.RequestedBy is { } asked)
        {
            tellings.Add(telling with { PersonId = asked });
        }

        tellings.AddRange((await ConcernedAsync(db, e, telling.OrganisationPath, cancellationToken)).Select(report => telling with
        {
            // About the school itself: its people do not see the county.
            OrganisationId = report.OrganisationId, OrganisationPath = report.Path, Roles = DeadlineTellings.Own, Link = $"/fill/{report.ReportId}",
            Args = new Dictionary<string, string>(telling.Args) { ["organisationZh"] = report.NameZh, ["organisationEn"] = report.NameEn },
        }));
        await db.RaiseNoticesAsync(tellings, now, cancellationToken);
    }

    private static async Task<List<Concerned>> ConcernedAsync(SupervisionDbContext db, ExtensionDecided e, string path, CancellationToken cancellationToken)
    {
        // A refusal of a whole county changes nothing for its schools, who did not ask.
        if (!e.Approved && e.CoversSubtree)
        {
            return [];
        }

        var reports = db.Roster.Where(r => r.CycleId == e.CycleId && r.ExemptAt == null);
        reports = e.CoversSubtree ? reports.Under(path, r => r.OrganisationPath) : reports.Where(r => r.OrganisationId == e.OrganisationId);
        return await reports.Where(r => !e.CoversSubtree || r.ModuleKeys.Length > db.Reviews.Count(review => review.ReportId == r.ReportId && !Back.Contains(review.State)))
            .Join(db.Organisations, r => r.OrganisationId, o => o.Id, (r, o) => new Concerned(r.ReportId, r.OrganisationId, r.OrganisationPath, o.NameZh, o.NameEn)).ToListAsync(cancellationToken);
    }

    private sealed record Concerned(Guid ReportId, Guid OrganisationId, string Path, string NameZh, string NameEn);
}
