using Gengdu.Identity.Data;
using Gengdu.Identity.Protocol.SignIn;
using Gengdu.Identity.Protocol.TwoFactor;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gengdu.Identity.People;

/// <summary>Forgets a person's failed tries, of passwords and of codes.</summary>
internal static class UnlockPerson
{
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, Caller caller, AdministeredPerson people, SignInLock failures, SecondFactors factors, IdentityDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var (person, refused) = await people.FindAsync(id, caller, "person.unlocked", cancellationToken);
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        await failures.ClearPersonAsync(id, cancellationToken);
        await factors.ReopenAsync(id, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
