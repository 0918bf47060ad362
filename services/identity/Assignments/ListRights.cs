using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.People;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <param name="AssignmentId">The assignment.</param>
/// <param name="Version">For If-Match.</param>
/// <param name="State">current, future or ended.</param>
/// <param name="Since">First day.</param>
/// <param name="Until">Last day: the one set, or the one on which it was taken away; null while open-ended.</param>
/// <param name="GivenAt">When it was written down; null for old ones.</param>
/// <param name="Reason">As the desk wrote it.</param>
/// <param name="DelegatedFrom">Who is stood in for.</param>
internal sealed record RightResponse(
    Guid AssignmentId, long Version, Guid PersonId, string UserName, string DisplayName, string Role, PersonOrganisation Organisation, string State, DateOnly Since, DateOnly? Until,
    DateTimeOffset? GivenAt, string? Reason, RightHolder? DelegatedFrom);

internal sealed record RightHolder(Guid PersonId, string DisplayName);

/// <summary>Who has, had and will have which right here, and since when. For the three administrators of the place.</summary>
internal static class ListRights
{
    private const int MostPeople = 100;

    /// <param name="on">Only rights in force on that day; otherwise all there ever were, ended ones last.</param>
    /// <param name="includeBelow">Also at the organisations below.</param>
    /// <param name="personId">Only of these people, at most 100: whose ids stand in the audit.</param>
    public static async Task<Results<Ok<Page<RightResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id, [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken, DateOnly? on = null, bool includeBelow = false, Guid[]? personId = null)
    {
        var root = await db.Organisations.Where(o => o.Id == id).Select(o => o.Path).SingleOrDefaultAsync(cancellationToken);
        if (root is null || !caller.Sees(root) || !GrantRules.Administers(caller, root))
        {
            return (root is null || !caller.Sees(root) ? GeneralProblems.NotFound : GeneralProblems.Forbidden).ToHttpResult();
        }

        var today = SchoolDay.Of(clock.GetUtcNow());
        var places = db.Organisations.AsNoTracking();
        places = includeBelow ? places.Under(root, o => o.Path) : places.Where(o => o.Id == id);
        var asked = personId?.Take(MostPeople).ToArray() ?? [];
        var rights = On(db.Assignments.AsNoTracking(), on).Join(places, a => a.OrganisationId, o => o.Id, (a, o) => new { a, o })
            .Join(db.People, x => x.a.PersonId, p => p.Id, (x, p) => new { x.a, x.o, p });
        rights = asked.Length == 0 ? rights : rights.Where(x => asked.Contains(x.p.Id));
        var total = await rights.CountAsync(cancellationToken);
        var found = await rights.OrderBy(x => x.a.Removed || x.a.ValidTo < today).ThenBy(x => x.o.Path).ThenBy(x => x.a.Role).ThenBy(x => x.p.NormalizedUserName).ThenBy(x => x.a.Id)
            .Skip(page.Skip()).Take(page.Size()).Select(x => new
            {
                x.a,
                Place = new PersonOrganisation(x.o.Id, x.o.Code, x.o.NameZh, x.o.NameEn),
                x.p.UserName,
                x.p.DisplayName,
                From = db.Assignments.Where(f => f.Id == x.a.DelegatedFrom).Join(db.People, f => f.PersonId, p => p.Id, (f, p) => new RightHolder(p.Id, p.DisplayName)).FirstOrDefault(),
            }).ToListAsync(cancellationToken);
        await trail.SawAsync("right", id, root, found.Count, new { on, includeBelow, people = asked.Length, page = page.Number() });
        return TypedResults.Ok(new Page<RightResponse>(
            [.. found.Select(x => new RightResponse(
                x.a.Id, x.a.Version, x.a.PersonId, x.UserName!, x.DisplayName, x.a.Role, x.Place, StateOf(x.a, today), x.a.ValidFrom, Until(x.a), x.a.GivenAt, x.a.Reason, x.From))],
            page.Number(), page.Size(), total));
    }

    /// <summary>Also what was taken away later that day, or after it.</summary>
    private static IQueryable<Assignment> On(IQueryable<Assignment> all, DateOnly? on)
    {
        if (on is not { } day)
        {
            return all;
        }

        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime();
        return all.Where(a => a.ValidFrom <= day && (a.ValidTo == null || a.ValidTo >= day) && (!a.Removed || a.EndedAt >= midnight));
    }

    private static string StateOf(Assignment a, DateOnly today) => !a.IsOpen(today) ? "ended" : a.ValidFrom > today ? "future" : "current";

    private static DateOnly? Until(Assignment a) =>
        a.EndedAt is { } ended && SchoolDay.Of(ended) is var day && (a.ValidTo is null || day < a.ValidTo) ? day : a.ValidTo;
}
