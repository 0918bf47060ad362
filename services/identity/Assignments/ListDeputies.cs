using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <param name="Latest">The last day a delegation may have.</param>
/// <param name="Items">Colleagues who could stand in.</param>
internal sealed record DeputiesResponse(DateOnly Latest, IReadOnlyList<RightHolder> Items);

/// <summary>To whom a role can be delegated: colleagues at the same organisation, by name.</summary>
internal static class ListDeputies
{
    private const int Most = 200;

    public static async Task<Results<Ok<DeputiesResponse>, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, IdentityDbContext db, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var today = SchoolDay.Of(clock.GetUtcNow());
        var (original, path, refused) = await db.FindDelegableAsync(id, caller, today, cancellationToken);
        if (original is null)
        {
            return refused!.ToHttpResult();
        }

        var colleagues = db.OfColleagues(original, today);
        var people = await db.People.AsNoTracking().Where(p => p.Id != caller.PersonId && colleagues.Any(a => a.PersonId == p.Id))
            // Who has the role already needs no delegation; an auditor must not have one.
            .Where(p => !db.Assignments.Any(a => a.PersonId == p.Id && !a.Removed && (a.ValidTo == null || a.ValidTo >= today)
                && (a.Role == Roles.Auditor || (a.Role == original.Role && a.OrganisationId == original.OrganisationId))))
            .OrderBy(p => p.DisplayName).ThenBy(p => p.Id).Take(Most).Select(p => new RightHolder(p.Id, p.DisplayName)).ToListAsync(cancellationToken);
        await trail.SawAsync("deputy", id, path, people.Count);
        return TypedResults.Ok(new DeputiesResponse(Delegable.Latest(original, today), people));
    }
}
