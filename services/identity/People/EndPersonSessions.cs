using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.People;

/// <summary>Signs a person out everywhere; they may sign in again.</summary>
internal static class EndPersonSessions
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AdministeredPerson people, SignInSessions sessions, IdentityDbContext db, CancellationToken cancellationToken)
    {
        var (person, refused) = await people.FindAsync(id, caller, "person.signed-out", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        await sessions.EndAllOfAsync(id, cancellationToken);
        // Their end has saved the audit with it; without a session there was nothing to end, and that is said too.
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
