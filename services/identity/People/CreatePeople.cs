using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Identity.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Identity.People;

internal sealed record CreatePeopleRequest(IReadOnlyList<NewPerson> People);

/// <param name="UserName">3–64 letters, digits or . _ - @.</param>
/// <param name="DisplayName">The person's name.</param>
/// <param name="Assignments">At least one role.</param>
/// <param name="Password">Null: the person is invited and chooses one.</param>
internal sealed record NewPerson(string UserName, string DisplayName, IReadOnlyList<NewPersonAssignment> Assignments, string? Password = null);

internal sealed record NewPersonAssignment(string Role, string OrganisationCode);

internal sealed record CreatePeopleResponse(int Created, IReadOnlyList<CreatedPerson> Rows);

internal sealed record CreatedPerson(int Index, Guid PersonId);

/// <summary>Accounts with their roles, at places the caller administers. All rows or none.</summary>
internal static class CreatePeople
{
    private const int Most = 500;

    // Hashing is most of the work; more at once would starve sign-ins on a small machine.
    private const int HashesAtOnce = 2;

    public static async Task<Results<Ok<CreatePeopleResponse>, ProblemHttpResult>> HandleAsync(
        CreatePeopleRequest request, Caller caller, IdentityDbContext db, IPasswordHasher<Person> hasher, ILookupNormalizer names, AccessCache access,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!GrantRules.IsAdministrator(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (request.People.Count is 0 or > Most)
        {
            return OrganisationProblems.BatchSize(Most).ToHttpResult();
        }

        var batch = await PeopleBatch.ReadAsync(request.People, caller, db, names, cancellationToken);
        if (batch.Errors.Count > 0)
        {
            return PersonProblems.BrokenBatch([.. batch.Errors.Take(200)]).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var people = request.People.Select(row => Person.Create(row.UserName, row.DisplayName.Trim(), names, now)).ToArray();
        await HashAsync(people, request.People, hasher, cancellationToken);
        db.AddRange(people.AsEnumerable());
        var begun = new List<Assignment>();
        foreach (var (person, places) in people.Zip(batch.Places))
        {
            db.Audit(AuditAct.Of(caller, "person.created", person.Id, places[0].Place.Path) with { OrganisationId = places[0].Place.Id }, now);
            foreach (var (role, place) in places)
            {
                var assignment = Assignment.Create(person.Id, role, place.Id, SchoolDay.Of(now), null, now, caller.PersonId);
                db.Add(assignment);
                begun.Add(assignment);
                db.Publish(assignment.ToAssignmentChanged(), now);
                db.Audit(caller, "assignment.created", assignment, place.Path, now);
            }
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.JoinFillInsAsync(begun, caller.PersonId, now, cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return PersonProblems.UserNameTaken.ToHttpResult();
        }

        access.Forget();
        return TypedResults.Ok(new CreatePeopleResponse(people.Length, [.. people.Select((person, i) => new CreatedPerson(i, person.Id))]));
    }

    private static Task HashAsync(Person[] people, IReadOnlyList<NewPerson> rows, IPasswordHasher<Person> hasher, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, people.Length),
            new ParallelOptions { MaxDegreeOfParallelism = HashesAtOnce, CancellationToken = cancellationToken },
            (i, _) =>
            {
                if (rows[i].Password is { } password)
                {
                    people[i].SetPassword(hasher.HashPassword(people[i], password));
                }

                return ValueTask.CompletedTask;
            });
}
