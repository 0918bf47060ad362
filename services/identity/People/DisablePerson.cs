using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <summary>Shuts a person out, with everything signed in already; and lets them in again.</summary>
internal static class DisablePerson
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AdministeredPerson people, IdentityDbContext db, SignInSessions sessions, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (person, refused) = await people.FindAsync(id, caller, "person.disabled", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await db.LockTreeAsync(cancellationToken);
        if (await db.RefuseEndAsync(await db.Assignments.AsNoTracking().Where(a => a.PersonId == id && !a.Removed).ToListAsync(cancellationToken), now, cancellationToken) is { } last)
        {
            return last.ToHttpResult();
        }

        person.Disable(now);
        await db.SaveChangesAsync(cancellationToken);
        await sessions.EndAllOfAsync(id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> UndoAsync(Guid id, Caller caller, AdministeredPerson people, IdentityDbContext db, CancellationToken cancellationToken)
    {
        var (person, refused) = await people.FindAsync(id, caller, "person.enabled", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        if (person.ErasedAt is not null)
        {
            return PersonProblems.Erased.ToHttpResult();
        }

        person.Enable();
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
