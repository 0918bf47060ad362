using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <summary>
/// The person the desk acts on: never oneself, and only when all of the person's places are in its area. The desk is a
/// security administrator, or, for everybody but security and audit administrators, a system administrator.
/// </summary>
internal sealed partial class AdministeredPerson(IdentityDbContext db, TimeProvider clock, ILogger<AdministeredPerson> logger)
{
    /// <summary>Exactly one of both.</summary>
    public async Task<(Person? Person, Problem? Refused)> FindAsync(Guid id, Caller caller, string act, CancellationToken cancellationToken, object? details = null)
    {
        var (people, refused) = await FindAllAsync([id], caller, act, cancellationToken, details);
        return (people.SingleOrDefault(), refused);
    }

    /// <summary>All of them with the audit of the act, to be saved by the caller; or why not.</summary>
    public async Task<(IReadOnlyList<Person> People, Problem? Refused)> FindAllAsync(
        IReadOnlyCollection<Guid> ids, Caller caller, string act, CancellationToken cancellationToken, object? details = null)
    {
        var places = await PlacesAsync(ids, cancellationToken);
        foreach (var id in ids)
        {
            if (Refuse(id, [.. places[id]], caller) is { } refused)
            {
                return ([], refused);
            }
        }

        var people = await db.People.Where(p => ids.Contains(p.Id)).ToListAsync(cancellationToken);
        if (people.Count < ids.Count)
        {
            return ([], GeneralProblems.NotFound);
        }

        foreach (var id in ids)
        {
            Log.Acting(logger, act, caller.PersonId, id);
            // Saved with the act itself, or not at all.
            db.Audit(AuditAct.Of(caller, act, id, places[id].Select(place => place.Path).Order(StringComparer.Ordinal).FirstOrDefault(), details) with { ObjectKind = "person" }, clock.GetUtcNow());
        }

        return (people, null);
    }

    /// <summary>Whose accounts these are to look after: not those who watch the one who looks.</summary>
    public static bool IsGuarded(string role) => role is Roles.SecurityAdministrator or Roles.Auditor;

    private static Problem? Refuse(Guid id, List<Place> places, Caller caller) =>
        id == caller.PersonId ? PersonProblems.OwnAccount
        : Covers(places, caller, Roles.SecurityAdministrator) ? null
        : Covers(places, caller, Roles.Administrator) ? places.Exists(place => IsGuarded(place.Role)) ? PersonProblems.OtherKind : null
        : places.Exists(place => caller.MayActAs(place.Path, Roles.Administrator, Roles.SecurityAdministrator)) ? PersonProblems.NotWhollyYours
        : places.Exists(place => caller.Sees(place.Path)) ? GeneralProblems.Forbidden
        : GeneralProblems.NotFound;

    /// <summary>Whether the role's area covers all of these places. Who has none belongs to the province.</summary>
    private static bool Covers(List<Place> places, Caller caller, string role) => places.Count == 0
        ? caller.SubtreePaths(role).Any(path => path.Count(c => c == '/') == 2)
        : places.TrueForAll(place => caller.MayActAs(place.Path, role));

    private async Task<ILookup<Guid, Place>> PlacesAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var today = SchoolDay.Of(clock.GetUtcNow());
        var places = await db.Assignments.Where(a => ids.Contains(a.PersonId) && !a.Removed && (a.ValidTo == null || a.ValidTo >= today))
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { a.PersonId, o.Path, a.Role }).ToListAsync(cancellationToken);
        return places.ToLookup(place => place.PersonId, place => new Place(place.Path, place.Role));
    }

    private sealed record Place(string Path, string Role);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Act} by {CallerId} for {PersonId}")]
        public static partial void Acting(ILogger logger, string act, Guid callerId, Guid personId);
    }
}
