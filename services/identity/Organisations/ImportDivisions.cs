using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

internal sealed record ImportDivisionsResponse(int Created, int Changed, int Unchanged);

/// <summary>Loads the tree above the schools. All lines or none; loading the same file again changes nothing.</summary>
internal static class ImportDivisions
{
    public static async Task<Results<Ok<ImportDivisionsResponse>, ProblemHttpResult>> HandleAsync(
        HttpRequest request, Caller caller, IdentityDbContext db, AccessCache access, TimeProvider clock, CancellationToken cancellationToken)
    {
        var root = await db.Organisations.AsNoTracking().Where(o => o.ParentId == null).Select(o => o.Path).SingleAsync(cancellationToken);
        if (!caller.MayActAs(root, Roles.Administrator))
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        using var reader = new StreamReader(request.Body);
        var (lines, errors) = DivisionFile.Read(await reader.ReadToEndAsync(cancellationToken));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.LockTreeAsync(cancellationToken);
        var tree = await db.Organisations.WithPresentVersion().ToListAsync(cancellationToken);
        // An open division carries its code alone; a closed one is found again only while nobody else took the code over.
        var known = tree.Where(o => o.Kind != "school").OrderBy(o => o.ValidTo is null).ThenBy(o => o.ValidFrom).GroupBy(o => o.Code).ToDictionary(g => g.Key, g => g.Last());
        var plan = DivisionPlan.For(lines, known, errors);
        if (errors.Count > 0)
        {
            return OrganisationProblems.BrokenDivisions([.. errors.OrderBy(e => e.Line).Take(200)]).ToHttpResult();
        }

        var now = clock.GetUtcNow();
        var (created, changed) = await ApplyAsync(plan, known, tree, db, new(TreeActs.Changed, SchoolDay.Of(now), now, caller.PersonId), cancellationToken);
        db.Audit(AuditAct.Of(caller, "divisions.imported", null, root, new { created, changed }) with { Rows = created + changed }, now);
        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.BeforeCommit);
        await transaction.CommitAsync(cancellationToken);
        access.Forget();
        return TypedResults.Ok(new ImportDivisionsResponse(created, changed, lines.Count - created - changed));
    }

    private static async Task<(int Created, int Changed)> ApplyAsync(
        IReadOnlyList<DivisionFile.Line> plan, Dictionary<string, Organisation> known, List<Organisation> tree, IdentityDbContext db, TreeChange change, CancellationToken cancellationToken)
    {
        var numbers = await db.TakeNumbersAsync(plan.Count(line => !known.ContainsKey(line.Facts.Code)), cancellationToken);
        var (created, changed) = (0, 0);
        var children = tree.ToLookup(o => o.ParentId);
        foreach (var line in plan)
        {
            var parent = line.ParentCode.Length == 0 ? null : known[line.ParentCode];
            if (!known.TryGetValue(line.Facts.Code, out var division))
            {
                division = known[line.Facts.Code] = Organisation.Create(line.Facts, parent, numbers.Dequeue(), change with { Act = TreeActs.Created });
                db.Add(division);
                created++;
            }
            else if (division.Change(line.Facts, parent, change))
            {
                changed++;
                FollowDown(division, children, db, change);
            }
            else
            {
                continue;
            }

            db.Publish(division.ToOrganisationChanged(), change.RecordedAt);
        }

        return (created, changed);
    }

    private static void FollowDown(Organisation moved, ILookup<Guid?, Organisation> children, IdentityDbContext db, TreeChange change)
    {
        foreach (var child in children[moved.Id].Where(child => child.ParentId == moved.Id && child.Follow(moved, change with { Act = TreeActs.Moved })))
        {
            db.Publish(child.ToOrganisationChanged(), change.RecordedAt);
            FollowDown(child, children, db, change);
        }
    }
}
