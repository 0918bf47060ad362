using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.Protocol.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <summary>Everything identity keeps of a person, taken away in the transaction of the caller.</summary>
internal sealed class PersonErasure(IdentityDbContext db, SignInSessions sessions, ILookupNormalizer names)
{
    /// <param name="person">Tracked, and disabled; the audit of the act is in the same context.</param>
    /// <param name="by">Who erases; null when time was up.</param>
    /// <param name="now">The moment of the erasure.</param>
    /// <param name="cancellationToken">Ends it; nothing is erased then.</param>
    public async Task EraseAsync(Person person, Guid? by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = person.Id;
        var today = SchoolDay.Of(now);
        // Who had which right when stays answerable, by ids; nobody who is gone still holds one, and what the desk wrote about
        // the person goes.
        await db.EndAsync(await db.Assignments.Where(a => a.PersonId == id && !a.Removed && (a.ValidTo == null || a.ValidTo >= today)).ToListAsync(cancellationToken), by, null, now, cancellationToken);
        person.Erase(names, now);
        await db.SaveChangesAsync(cancellationToken);
        await db.Assignments.Where(a => a.PersonId == id && a.Reason != null).ExecuteUpdateAsync(a => a.SetProperty(x => x.Reason, (string?)null), cancellationToken);
        await sessions.EndAllOfAsync(id, cancellationToken);
        await db.Sessions.Where(s => s.PersonId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Browser, ""), cancellationToken);
        await db.SecondFactors.Where(f => f.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        await db.RecoveryCodes.Where(c => c.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        await db.KnownBrowsers.Where(b => b.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        await db.OneTimeCodes.Where(c => c.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        await db.SignInFailures.Where(f => f.Subject == id).ExecuteDeleteAsync(cancellationToken);
        await db.NoticeSettings.Where(s => s.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        await db.ContactCodes.Where(c => c.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        await db.Deliveries.Where(d => d.PersonId == id).ExecuteDeleteAsync(cancellationToken);
        // Runs with the owner's rights, and for erased people only: the service's role cannot touch what the audit keeps.
        await db.Database.ExecuteSqlAsync($"select identity.erase_audit_of({id})", cancellationToken);
    }

    /// <summary>Where the person works or last worked; null when they never had a role.</summary>
    public async Task<string?> PlaceOfAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Assignments.AsNoTracking().Where(a => a.PersonId == id).OrderBy(a => a.Removed).ThenByDescending(a => a.Id)
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => o.Path).FirstOrDefaultAsync(cancellationToken);
}
