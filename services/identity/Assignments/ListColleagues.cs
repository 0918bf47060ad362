using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>
/// Who works, or has worked, at the caller's own organisations, by name: one sees which colleague said something, and can address one.
/// People of other organisations are not named to each other; there the office speaks.
/// </summary>
internal static class ListColleagues
{
    private const int Most = 500;

    public static async Task<Ok<IReadOnlyList<RightHolder>>> HandleAsync(Caller caller, IdentityDbContext db, AuditTrail trail, CancellationToken cancellationToken)
    {
        var own = caller.Rights.Select(right => right.OrganisationId).Distinct().ToArray();
        var people = await db.People.AsNoTracking().Where(p => db.Assignments.Any(a => a.PersonId == p.Id && own.Contains(a.OrganisationId)))
            .OrderBy(p => p.DisplayName).ThenBy(p => p.Id).Take(Most).Select(p => new RightHolder(p.Id, p.DisplayName)).ToListAsync(cancellationToken);
        await trail.SawAsync("colleague", null, caller.PlaceOf([]), people.Count);
        return TypedResults.Ok<IReadOnlyList<RightHolder>>(people);
    }
}
