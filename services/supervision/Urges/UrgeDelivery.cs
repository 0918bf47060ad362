using Gengdu.Organisations;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Urges;

/// <summary>Tells the people of the organisations that were urged, at once or when the quiet hours are over, once.</summary>
internal static class UrgeDelivery
{
    private const int AtOnce = 2_000;

    /// <summary>Those raised just now; in quiet hours only counts whom it will concern.</summary>
    public static async Task DeliverAsync(SupervisionDbContext db, IReadOnlyList<Urge> urges, Cycle? cycle, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await CountPeopleAsync(db, urges, now, cancellationToken);
        await TellAsync(db, [.. urges.Where(urge => urge.DeliverAt <= now)], _ => cycle, now, cancellationToken);
    }

    /// <summary>Those that waited for the morning.</summary>
    public static async Task DeliverDueAsync(SupervisionDbContext db, IReadOnlyList<Cycle> cycles, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = await db.Urges.Where(urge => urge.DeliveredAt == null && urge.DeliverAt <= now).OrderBy(urge => urge.DeliverAt).ThenBy(urge => urge.Id).Take(AtOnce).ToListAsync(cancellationToken);
        await CountPeopleAsync(db, due, now, cancellationToken);
        await TellAsync(db, due, urge => cycles.FirstOrDefault(cycle => cycle.Id == urge.CycleId), now, cancellationToken);
    }

    private static async Task TellAsync(SupervisionDbContext db, List<Urge> urges, Func<Urge, Cycle?> cycleOf, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (urges.Count == 0)
        {
            return;
        }

        var names = await db.NamesAsync(urges.Select(urge => urge.HolderId), cancellationToken);
        await db.RaiseNoticesAsync(urges.Select(urge => new Telling
        {
            Kind = "urged",
            Key = $"urge:{urge.Id}",
            OrganisationId = urge.HolderId,
            OrganisationPath = urge.HolderPath,
            At = urge.HolderId,
            Roles = urge.State.RolesOf(),
            Link = ClockTexts.ActLink(urge.State, urge.CycleId, urge.ReportId),
            Args = ClockTexts.Args(cycleOf(urge), names(urge.HolderId), urge.State, urge.Reports, urge.OldestSince),
            Urgent = true,
        }), now, cancellationToken);
        foreach (var urge in urges)
        {
            urge.DeliveredAt = now;
        }
    }

    private static async Task CountPeopleAsync(SupervisionDbContext db, IReadOnlyList<Urge> urges, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (urges.Count == 0)
        {
            return;
        }

        var (places, roles, today) = (urges.Select(urge => urge.HolderId).Distinct().ToArray(), urges.SelectMany(urge => urge.State.RolesOf()).Distinct().ToArray(), HeldDays.DayOf(now));
        var people = (await db.Set<Assignment>()
            .Where(a => places.Contains(a.OrganisationId) && roles.Contains(a.Role) && !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))
            .Select(a => new { a.OrganisationId, a.Role, a.PersonId }).ToListAsync(cancellationToken)).ToLookup(a => a.OrganisationId);
        foreach (var urge in urges)
        {
            urge.People = people[urge.HolderId].Where(a => urge.State.RolesOf().Contains(a.Role)).Select(a => a.PersonId).Distinct().Count();
        }
    }
}
