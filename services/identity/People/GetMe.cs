using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

internal sealed record MeResponse(Guid PersonId, string UserName, string DisplayName, IReadOnlyList<MyAssignment> Assignments);

/// <param name="ValidTo">The last day; null while open-ended.</param>
/// <param name="DelegatedFrom">For whom one stands in; null for a role of one's own.</param>
/// <param name="FillsInFrom">The central school whose people fill in here; null for a role of one's own.</param>
internal sealed record MyAssignment(Guid Id, string Role, MyOrganisation Organisation, DateOnly? ValidTo, RightHolder? DelegatedFrom, PersonOrganisation? FillsInFrom);

internal sealed record MyOrganisation(Guid Id, string Code, string NameZh, string NameEn, IReadOnlyList<string> LevelRoles, string Path);

internal static class GetMe
{
    public static async Task<Results<Ok<MeResponse>, ProblemHttpResult>> HandleAsync(Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var person = await db.People.AsNoTracking().Where(p => p.Id == caller.PersonId).Select(p => new { p.UserName, p.DisplayName }).SingleOrDefaultAsync(cancellationToken);
        if (person is null)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        var today = SchoolDay.Of(clock.GetUtcNow());
        var assignments = await db.Assignments.AsNoTracking()
            .Where(a => a.PersonId == caller.PersonId && !a.Removed && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today))
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { a, o })
            .OrderBy(x => x.o.Path).ThenBy(x => x.a.Role)
            .Select(x => new MyAssignment(x.a.Id, x.a.Role, new(x.o.Id, x.o.Code, x.o.NameZh, x.o.NameEn, x.o.LevelRoles, x.o.Path), x.a.ValidTo,
                db.Assignments.Where(f => f.Id == x.a.DelegatedFrom).Join(db.People, f => f.PersonId, p => p.Id, (f, p) => new RightHolder(p.Id, p.DisplayName)).FirstOrDefault(),
                db.Assignments.Where(f => f.Id == x.a.FillsInFrom).Join(db.Organisations, f => f.OrganisationId, o => o.Id, (f, o) => new PersonOrganisation(o.Id, o.Code, o.NameZh, o.NameEn)).FirstOrDefault()))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new MeResponse(caller.PersonId, person.UserName!, person.DisplayName, assignments));
    }
}
