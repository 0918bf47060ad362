using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.People;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.FillIns;

/// <param name="Id">For ending it.</param>
/// <param name="School">Who fills in.</param>
/// <param name="TeachingPoint">For whom.</param>
/// <param name="People">Who has a role there through it, and which.</param>
/// <param name="Open">In force, or still to come.</param>
/// <param name="Joining">Whoever gets one of these roles at the school joins.</param>
internal sealed record FillInResponse(
    Guid Id, PersonOrganisation School, PersonOrganisation TeachingPoint, IReadOnlyList<FillInPerson> People, DateOnly ValidFrom, DateOnly? ValidTo, string? Reason,
    DateTimeOffset DeclaredAt, DateTimeOffset? EndedAt, bool Open, IReadOnlyList<string> Joining);

internal sealed record FillInPerson(Guid PersonId, string DisplayName, string Role);

/// <summary>For whom a school fills in, or who fills in for it; what has ended last. For the administrators of the place.</summary>
internal static class ListFillIns
{
    public static async Task<Results<Ok<Page<FillInResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken)
    {
        var path = await db.Organisations.Where(o => o.Id == id).Select(o => o.Path).SingleOrDefaultAsync(cancellationToken);
        if (path is null || !caller.Sees(path) || !GrantRules.Administers(caller, path))
        {
            return (path is null || !caller.Sees(path) ? GeneralProblems.NotFound : GeneralProblems.Forbidden).ToHttpResult();
        }

        var links = db.FillIns.AsNoTracking().Where(f => f.SchoolId == id || f.TeachingPointId == id);
        var total = await links.CountAsync(cancellationToken);
        var items = await Of(links.OrderBy(f => f.EndedAt != null).ThenByDescending(f => f.DeclaredAt).ThenBy(f => f.Id).Skip(page.Skip()).Take(page.Size()), db, SchoolDay.Of(clock.GetUtcNow()))
            .ToListAsync(cancellationToken);
        await trail.SawAsync("fill-in", id, path, items.Count);
        return TypedResults.Ok(new Page<FillInResponse>(items, page.Number(), page.Size(), total));
    }

    internal static IQueryable<FillInResponse> Of(IQueryable<FillIn> links, IdentityDbContext db, DateOnly today) => links.Select(f => new FillInResponse(
        f.Id,
        db.Organisations.Where(o => o.Id == f.SchoolId).Select(o => new PersonOrganisation(o.Id, o.Code, o.NameZh, o.NameEn)).First(),
        db.Organisations.Where(o => o.Id == f.TeachingPointId).Select(o => new PersonOrganisation(o.Id, o.Code, o.NameZh, o.NameEn)).First(),
        db.Assignments.Where(a => a.FillInId == f.Id && !a.Removed).Join(db.People, a => a.PersonId, p => p.Id, (a, p) => new FillInPerson(p.Id, p.DisplayName, a.Role)).ToList(),
        f.ValidFrom, f.ValidTo, f.Reason, f.DeclaredAt, f.EndedAt, f.EndedAt == null && (f.ValidTo == null || f.ValidTo >= today), f.Roles));
}
