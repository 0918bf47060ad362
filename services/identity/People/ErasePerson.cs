using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <param name="Reason">request: the person asked for it; left: they left the service; mistake: the account should not have been made.</param>
internal sealed record ErasePersonRequest(string Reason);

/// <summary>
/// What a person may ask for (PIPL art. 47): the account loses name, user name and everything to sign in with, and the audit loses
/// what it kept of them apart from its chain. The id stays, so that who signed what remains answerable. Asked twice, it is done once.
/// </summary>
internal static class ErasePerson
{
    private static readonly string[] Reasons = ["request", "left", "mistake"];

    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, ErasePersonRequest request, Caller caller, AdministeredPerson people, PersonErasure erasure, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!Reasons.Contains(request.Reason))
        {
            return GeneralProblems.Invalid(new FieldError("reason", "option", PersonProblems.ErasureReason)).ToHttpResult();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockPersonAsync(id, cancellationToken);
        // Where the person last worked: an erased one has no place any more, and asking twice is no fault.
        var path = await erasure.PlaceOfAsync(id, cancellationToken);
        if (path is not null && caller.MayActAs(path, Roles.SecurityAdministrator) && await db.People.AnyAsync(p => p.Id == id && p.ErasedAt != null, cancellationToken))
        {
            return TypedResults.NoContent();
        }

        var (person, refused) = await people.FindAsync(id, caller, "person.erased", cancellationToken, new { request.Reason });
        if (person is null)
        {
            return refused!.ToHttpResult();
        }

        // The desk of the account may disable; what cannot be undone is for the one who answers for security there.
        if (!(path is null ? caller.SubtreePaths(Roles.SecurityAdministrator).Length > 0 : caller.MayActAs(path, Roles.SecurityAdministrator)))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (person.ErasedAt is not null)
        {
            return TypedResults.NoContent();
        }

        if (person.DisabledAt is null)
        {
            return PersonProblems.NotDisabled.ToHttpResult();
        }

        await erasure.EraseAsync(person, caller.PersonId, clock.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.NoContent();
    }
}
