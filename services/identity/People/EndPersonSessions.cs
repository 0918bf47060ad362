using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.People;

/// <summary>Signs a person out everywhere; they may sign in again.</summary>
internal static class EndPersonSessions
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AdministeredPerson people, SignInSessions sessions, CancellationToken cancellationToken)
    {
        var (person, refused) = await people.FindAsync(id, caller, "sign-out", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        await sessions.EndAllOfAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }
}
