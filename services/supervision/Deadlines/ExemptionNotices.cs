using Gengdu.Contracts.Reporting.V1;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;

namespace Gengdu.Supervision.Deadlines;

/// <summary>The organisation hears that nothing is due of it any more, and so does who asked for it. In the transaction that keeps it.</summary>
internal static class ExemptionNotices
{
    public static async Task TellAsync(this SupervisionDbContext db, ReportExempted e, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // It happens to a report once: the report is its own key.
        var telling = await DeadlineTellings.AboutAsync(db, "exempted", e.ReportId, e.CycleId, e.OrganisationId, e.OrganisationPath, cancellationToken) with { Except = e.DecidedBy };
        await db.RaiseNoticesAsync([telling with { PersonId = e.RequestedBy }, telling with { Roles = DeadlineTellings.Own, Link = $"/fill/{e.ReportId}" }], now, cancellationToken);
    }
}
