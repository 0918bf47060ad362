using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>The only place where roles are taken away: what was delegated of them, and what they fill in for, goes with them.</summary>
internal static class Endings
{
    /// <summary>Within the caller's transaction, with the holder locked.</summary>
    public static Task EndAsync(
        this IdentityDbContext db, IReadOnlyCollection<Assignment> ending, Caller caller, string? reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.EndAsync(ending, caller.PersonId, reason, now, cancellationToken);

    /// <param name="by">Null when time was up, and nobody acted.</param>
    public static async Task EndAsync(
        this IdentityDbContext db, IReadOnlyCollection<Assignment> ending, Guid? by, string? reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var places = ending.Select(a => a.OrganisationId).Distinct().ToArray();
        var following = await db.DelegatedAsync(ending, SchoolDay.Of(now), cancellationToken);
        places = [.. places.Union(following.Select(a => a.OrganisationId))];
        var paths = await db.Organisations.Where(o => places.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Path, cancellationToken);
        foreach (var one in ending.Concat(following).DistinctBy(a => a.Id))
        {
            one.Remove(by, now, reason);
            db.Publish(one.ToAssignmentChanged(), now);
            db.Audit(by, "assignment.removed", one, paths[one.OrganisationId], now);
        }
    }

    /// <summary>A new last day, also for what was delegated beyond it.</summary>
    public static async Task ShortenDelegationsAsync(
        this IdentityDbContext db, Assignment original, string path, Caller caller, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = SchoolDay.Of(now);
        foreach (var one in await db.DelegatedAsync([original], today, cancellationToken))
        {
            if ((one.ValidTo ?? DateOnly.MaxValue) > original.ValidTo && one.ChangePeriod(original.ValidTo, null, today) is null)
            {
                db.Publish(one.ToAssignmentChanged(), now);
                db.Audit(caller, "assignment.changed", one, one.OrganisationId == original.OrganisationId ? path : await db.Organisations.Where(o => o.Id == one.OrganisationId).Select(o => o.Path).SingleAsync(cancellationToken), now);
            }
        }
    }

    private static Task<List<Assignment>> DelegatedAsync(this IdentityDbContext db, IReadOnlyCollection<Assignment> originals, DateOnly today, CancellationToken cancellationToken)
    {
        var ids = originals.Select(a => a.Id).ToArray();
        return db.Assignments.Where(a => !a.Removed && ((a.DelegatedFrom != null && ids.Contains(a.DelegatedFrom.Value) && a.ValidTo >= today)
            || (a.FillsInFrom != null && ids.Contains(a.FillsInFrom.Value) && (a.ValidTo == null || a.ValidTo >= today)))).ToListAsync(cancellationToken);
    }
}
