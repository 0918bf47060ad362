using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.Protocol;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Sheets;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Gengdu.Identity.People.Imports;

/// <param name="Applied">False for a preview, and when one fault was enough to create nobody.</param>
/// <param name="New">Rows that make an account.</param>
/// <param name="Existing">Rows whose account is there already with these roles; nothing is done.</param>
/// <param name="Refused">Rows with faults.</param>
/// <param name="Rows">In the order of the file.</param>
internal sealed record ImportPeopleResponse(bool Applied, int New, int Existing, int Refused, IReadOnlyList<ImportedPerson> Rows);

/// <param name="Row">As the sheet numbers it; the heading is 1.</param>
/// <param name="Status">new, created, exists or refused.</param>
/// <param name="Invitation">Of a created account, shown this once: for the slip that its owner signs in with first.</param>
internal sealed record ImportedPerson(
    int Row, string Status, Guid? PersonId, string DisplayName, string UserName, IReadOnlyList<string> Roles, string OrganisationCode, string? OrganisationZh, string? OrganisationEn, DateOnly? ValidTo,
    OneTimeCodeResponse? Invitation, IReadOnlyList<ImportFault> Faults);

/// <summary>
/// Accounts from a sheet, row by row: the good ones are made with a code for the first sign-in, the others say why not. The same
/// file again finds what it made and makes nothing twice.
/// </summary>
internal static class ImportPeople
{
    /// <param name="preview">Only say what would happen.</param>
    /// <param name="allOrNothing">One refused row is enough to create nobody.</param>
    public static async Task<Results<Ok<ImportPeopleResponse>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Caller caller, IdentityDbContext db, ILookupNormalizer names, AccessCache access, IOptions<ProtocolOptions> options, TimeProvider clock, CancellationToken cancellationToken,
        bool preview = false, bool allOrNothing = false)
    {
        if (!GrantRules.IsAdministrator(caller))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var (file, refused) = await Upload.ReadAsync(request, PeopleFile.LargestFile, cancellationToken);
        var (lines, problem) = file is null ? ([], ImportProblems.Of(refused!.Value)) : PeopleFile.Read(file);
        if (problem is not null)
        {
            return problem.ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!preview)
        {
            // One import at a time: the same file twice at once must find what the first one makes.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(4711, 17)", cancellationToken);
        }

        var plan = await PeopleImport.PlanAsync(lines, caller, db, names, SchoolDay.Of(now), cancellationToken);
        var apply = !preview && !(allOrNothing && plan.Any(row => row.Faults.Count > 0));
        var address = $"{options.Value.Issuer.TrimEnd('/')}/invitation";
        var begun = new List<Assignment>();
        ImportedPerson[] rows = [.. plan.Select(row => apply && row.IsNew ? Create(row, caller, db, names, address, begun, now) : Shown(row))];
        if (apply)
        {
            await db.JoinFillInsAsync(begun, caller.PersonId, now, cancellationToken);
            db.Audit(AuditAct.Of(caller, "people.imported", null, caller.SubtreePaths([.. Roles.Administrators])[0], new { created = rows.Count(r => r.Status == "created"), refused = plan.Count(r => r.Faults.Count > 0) }), now);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException fault) when (fault.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                return PersonProblems.UserNameTaken.ToHttpResult();
            }

            await transaction.CommitAsync(cancellationToken);
            access.Forget();
        }

        return TypedResults.Ok(new ImportPeopleResponse(apply, plan.Count(row => row.IsNew), plan.Count(row => row.ExistingId is not null), plan.Count(row => row.Faults.Count > 0), rows));
    }

    private static ImportedPerson Create(PeopleImport.Row row, Caller caller, IdentityDbContext db, ILookupNormalizer names, string address, List<Assignment> begun, DateTimeOffset now)
    {
        var (person, typed, place) = (Person.Create(row.UserName, row.Line.Name, names, now), TypedCode.New(3), row.Place!);
        var code = OneTimeCode.Create(person.Id, OneTimeCodePurposes.Invitation, typed, caller.PersonId, now);
        db.AddRange(person, code);
        db.Audit(AuditAct.Of(caller, "person.created", person.Id, place.Path, new { row = row.Line.Row, invited = true }) with { OrganisationId = place.Id }, now);
        foreach (var role in row.Roles)
        {
            var assignment = Assignment.Create(person.Id, role, place.Id, SchoolDay.Of(now), row.ValidTo, now, caller.PersonId);
            db.Add(assignment);
            begun.Add(assignment);
            db.Publish(assignment.ToAssignmentChanged(), now);
            db.Audit(caller, "assignment.created", assignment, place.Path, now);
        }

        return Shown(row) with { Status = "created", PersonId = person.Id, Invitation = new(row.UserName, row.Line.Name, typed, address, code.ExpiresAt) };
    }

    private static ImportedPerson Shown(PeopleImport.Row row) => new(
        row.Line.Row, row.Faults.Count > 0 ? "refused" : row.ExistingId is not null ? "exists" : "new", row.ExistingId, row.Line.Name, row.UserName, row.Roles, row.Line.Code,
        row.Place?.NameZh, row.Place?.NameEn, row.ValidTo, null, row.Faults);
}
