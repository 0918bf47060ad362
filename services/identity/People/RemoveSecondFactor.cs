using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.People;

/// <summary>For a lost phone without recovery codes: the person is signed out and sets the second factor up anew.</summary>
internal static class RemoveSecondFactor
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AdministeredPerson people, SecondFactors factors, SignInSessions sessions, IdentityDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (person, refused) = await people.FindAsync(id, caller, "second-factor.removed", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        await factors.RemoveAsync(id, cancellationToken);
        await sessions.EndAllOfAsync(id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
