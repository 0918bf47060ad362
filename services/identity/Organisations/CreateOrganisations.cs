using System.Globalization;
using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

internal sealed record CreateOrganisationsRequest(IReadOnlyList<NewOrganisation> Organisations);

internal sealed record NewOrganisation(
    string Code, string ParentCode, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, string Kind,
    string? SchoolType = null, string? UrbanRural = null, string? RunBy = null, IReadOnlyList<string>? Grades = null, DateOnly? ValidFrom = null);

internal sealed record CreateOrganisationsResponse(int Created, IReadOnlyList<CreatedOrganisation> Rows);

internal sealed record CreatedOrganisation(int Index, Guid Id, string Code);

/// <summary>New schools (or divisions) below places the caller administers. All rows or none.</summary>
internal static class CreateOrganisations
{
    private const int Most = 1000;

    public static async Task<Results<Ok<CreateOrganisationsResponse>, ProblemHttpResult>> HandleAsync(
        CreateOrganisationsRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var rows = request.Organisations;
        if (caller.SubtreePaths(Roles.Administrator).Length == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        if (rows.Count is 0 or > Most)
        {
            return OrganisationProblems.BatchSize(Most).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        var codes = rows.SelectMany(row => new[] { row.Code, row.ParentCode }).Distinct().ToArray();
        var known = await db.Organisations.Where(o => o.ValidTo == null && codes.Contains(o.Code)).ToDictionaryAsync(o => o.Code, cancellationToken);
        var schools = rows.Where(row => row.Kind == "school").Select(row => row.Code).ToArray();
        var used = await db.TakenAsync(schools, cancellationToken);
        var change = new TreeChange(TreeActs.Created, SchoolDay.Of(now), now, caller.PersonId);
        var numbers = await db.TakeNumbersAsync(rows.Count, cancellationToken);
        var errors = new List<FieldError>();
        var created = new List<CreatedOrganisation>();
        for (var i = 0; i < rows.Count; i++)
        {
            var facts = ToFacts(rows[i], now);
            var parent = known.GetValueOrDefault(rows[i].ParentCode) is { } above && caller.MayActAs(above.Path, Roles.Administrator) ? above : null;
            var faults = Faults(facts, parent, known.ContainsKey(facts.Code), !known.ContainsKey(facts.Code) && used.Contains(facts.Code)).ToList();
            errors.AddRange(faults.Select(fault => OrganisationProblems.Fault(string.Create(CultureInfo.InvariantCulture, $"organisations/{i}/{fault.Member}"), fault.Code, fault.Text)));
            if (faults.Count > 0)
            {
                continue;
            }

            var organisation = known[facts.Code] = Organisation.Create(facts, parent, numbers.Dequeue(), change);
            db.AddWithCode(organisation, now);
            db.Publish(organisation.ToOrganisationChanged(), now);
            db.Audit(AuditAct.Of(caller, "organisation.created", organisation.Id, organisation.Path, new { organisation.Code }) with { OrganisationId = organisation.Id }, now);
            created.Add(new(i, organisation.Id, organisation.Code));
        }

        if (errors.Count > 0)
        {
            return OrganisationProblems.BrokenBatch([.. errors.Take(200)]).ToHttpResult();
        }

        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.Ok(new CreateOrganisationsResponse(created.Count, created));
    }

    private static OrganisationFacts ToFacts(NewOrganisation row, DateTimeOffset now) => new(
        row.Code, row.NameZh, row.NameEn, row.LevelRoles, row.Kind, row.SchoolType, row.UrbanRural, row.RunBy, row.Grades ?? [], row.ValidFrom ?? SchoolDay.Of(now), null);

    private static IEnumerable<(string Member, string Code, Text Text)> Faults(OrganisationFacts facts, Organisation? parent, bool taken, bool isVoid)
    {
        foreach (var fault in facts.Faults())
        {
            yield return fault;
        }

        if (taken)
        {
            yield return ("code", "duplicate", OrganisationProblems.Duplicate);
        }

        if (isVoid)
        {
            yield return ("code", "void", OrganisationProblems.CodeTaken);
        }

        if (parent is null)
        {
            yield return ("parentCode", "unknown-parent", OrganisationProblems.UnknownParent);
        }
        else if (!facts.FitsBelow(parent.LevelRoles))
        {
            yield return ("levelRoles", "level", OrganisationProblems.WrongLevel);
        }
    }
}
