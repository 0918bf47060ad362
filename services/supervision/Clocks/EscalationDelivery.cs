using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Clocks;

/// <summary>One notice for each person and step, however many organisations are late: a province hears "23 counties", not 23 times of one.</summary>
internal static class EscalationDelivery
{
    public static async Task DeliverDueAsync(SupervisionDbContext db, IReadOnlyList<Cycle> cycles, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await db.Escalations.Where(e => e.DeliveredAt == null && e.EndedAt == null && e.DeliverAt <= now).ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        var places = due.Select(e => e.ToldId).Distinct().ToArray();
        var told = await db.Organisations.Where(o => places.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellationToken);
        await db.RaiseNoticesAsync(due.Where(e => told.ContainsKey(e.ToldId)).GroupBy(e => (e.CycleId, e.State, e.ToldId, e.ToldLevel, e.Step)).Select(group =>
        {
            var (first, own) = (group.MinBy(e => e.Id)!, group.All(e => e.ToldId == e.HolderId && e.ToldLevel == e.HolderLevel));
            var args = ClockTexts.Args(cycles.FirstOrDefault(cycle => cycle.Id == first.CycleId), new(first.ToldId, told[first.ToldId].NameZh, told[first.ToldId].NameEn), first.State, group.Sum(e => e.Reports), group.Min(e => e.OldestSince));
            args["holders"] = group.Count().ToString(System.Globalization.CultureInfo.InvariantCulture);
            args["answerAt"] = Telling.TimeArg(group.Min(e => e.AnswerBy));
            return new Telling
            {
                Kind = own ? "escalated-own" : "escalated",
                Key = $"escalation:{first.Id}",
                OrganisationId = first.ToldId,
                OrganisationPath = told[first.ToldId].Path,
                At = first.ToldId,
                Roles = first.ToldRoles,
                Link = own ? ClockTexts.ActLink(first.State, first.CycleId, first.ReportId) : ClockTexts.BoardLink(first.State, first.CycleId, first.ToldId),
                Args = args,
                Urgent = true,
            };
        }), now, cancellationToken);
        due.ForEach(e => e.DeliveredAt = now);
    }
}
