using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <summary>The person an administrator acts on: never oneself, and only when all of the person's places are in the administrator's area.</summary>
internal sealed partial class AdministeredPerson(IdentityDbContext db, TimeProvider clock, ILogger<AdministeredPerson> logger)
{
    /// <summary>Exactly one of both.</summary>
    public async Task<(Person? Person, Problem? Refused)> FindAsync(Guid id, Caller caller, string act, CancellationToken cancellationToken)
    {
        var paths = await PathsAsync(id, cancellationToken);
        if (Refuse(id, paths, caller) is { } refused)
        {
            return (null, refused);
        }

        var person = await db.People.SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
        if (person is null)
        {
            return (null, GeneralProblems.NotFound);
        }

        Log.Acting(logger, caller.PersonId, act, id);
        return (person, null);
    }

    /// <summary>Whether the administrator's area covers all of these places. Who has none belongs to the province.</summary>
    private static bool Covers(string[] paths, Caller caller) => paths.Length == 0
        ? caller.SubtreePaths(Roles.Administrator).Any(path => path.Count(c => c == '/') == 2)
        : paths.All(path => caller.MayActAs(path, Roles.Administrator));

    private static Problem? Refuse(Guid id, string[] paths, Caller caller) =>
        id == caller.PersonId ? PersonProblems.OwnAccount
        : Covers(paths, caller) ? null
        : paths.Any(path => caller.MayActAs(path, Roles.Administrator)) ? PersonProblems.NotWhollyYours
        : paths.Any(caller.Sees) ? GeneralProblems.Forbidden
        : GeneralProblems.NotFound;

    private Task<string[]> PathsAsync(Guid id, CancellationToken cancellationToken)
    {
        var today = SchoolDay.Of(clock.GetUtcNow());
        return db.Assignments.Where(a => a.PersonId == id && !a.Removed && (a.ValidTo == null || a.ValidTo >= today))
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => o.Path).Distinct().ToArrayAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{CallerId} did {Act} to {PersonId}")]
        public static partial void Acting(ILogger logger, Guid callerId, string act, Guid personId);
    }
}
