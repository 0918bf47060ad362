using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.Protocol.Sessions;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

internal sealed record DeactivatePeopleRequest(IReadOnlyList<Guid> PersonIds);

internal sealed record DeactivatePeopleResponse(int Deactivated);

/// <summary>Shuts out many people at once, such as those who have been away for long. One who may not be is enough to refuse all.</summary>
internal static class DeactivatePeople
{
    private const int Most = 500;

    public static async Task<Results<Ok<DeactivatePeopleResponse>, ProblemHttpResult>> HandleAsync(
        DeactivatePeopleRequest request, Caller caller, AdministeredPerson people, IdentityDbContext db, SignInSessions sessions, TimeProvider clock, CancellationToken cancellationToken)
    {
        var ids = request.PersonIds.Distinct().Order().ToArray();
        if (ids.Length is 0 or > Most)
        {
            return OrganisationProblems.BatchSize(Most).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        var (found, refused) = await people.FindAllAsync(ids, caller, "person.disabled", cancellationToken);
        refused ??= await db.RefuseEndAsync(await db.Assignments.AsNoTracking().Where(a => ids.Contains(a.PersonId) && !a.Removed).ToListAsync(cancellationToken), now, cancellationToken);
        if (refused is not null)
        {
            return refused.ToHttpResult();
        }

        var active = found.Where(person => person.DisabledAt is null).ToList();
        foreach (var person in active)
        {
            person.Disable(now);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var person in active)
        {
            await sessions.EndAllOfAsync(person.Id, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return TypedResults.Ok(new DeactivatePeopleResponse(active.Count));
    }
}
