using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <param name="HasPassword">False until an invitation was used.</param>
/// <param name="LockedUntil">After failed tries from browsers that are not known; null when not locked.</param>
/// <param name="MayAct">False for oneself, and for people who also work outside the caller's area.</param>
internal sealed record PersonResponse(
    Guid Id, string UserName, string DisplayName, IReadOnlyList<PersonAssignment> Assignments, bool HasPassword, bool HasSecondFactor, DateTimeOffset? LockedUntil, DateTimeOffset? DisabledAt,
    int Sessions, bool MayAct);

internal sealed record PersonAssignment(Guid Id, string Role, PersonOrganisation Organisation);

internal sealed record PersonOrganisation(Guid Id, string Code, string NameZh, string NameEn);

/// <summary>People with a role in the area that the caller administers.</summary>
internal static class ListPeople
{
    /// <param name="search">Start of the user name, or part of the name.</param>
    /// <param name="organisationId">Only people of this organisation and those under it.</param>
    public static async Task<Results<Ok<Page<PersonResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken, string? search = null, Guid? organisationId = null)
    {
        if (caller.SubtreePaths(Roles.Administrator).Length == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var places = db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path, Roles.Administrator);
        if (organisationId is not null)
        {
            if (await places.Where(o => o.Id == organisationId).Select(o => o.Path).SingleOrDefaultAsync(cancellationToken) is not { } root)
            {
                return GeneralProblems.NotFound.ToHttpResult();
            }

            places = places.Under(root, o => o.Path);
        }

        var now = clock.GetUtcNow();
        var today = SchoolDay.Of(now);
        var current = db.Assignments.AsNoTracking().Where(a => !a.Removed && (a.ValidTo == null || a.ValidTo >= today));
        var found = db.People.AsNoTracking().Where(p => current.Any(a => a.PersonId == p.Id && places.Any(o => o.Id == a.OrganisationId)));
        if (!string.IsNullOrWhiteSpace(search))
        {
            var text = search.Trim().Replace("\0", "", StringComparison.Ordinal).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
            found = found.Where(p => EF.Functions.ILike(p.UserName!, $"{text}%") || EF.Functions.ILike(p.DisplayName, $"%{text}%"));
        }

        var total = await found.CountAsync(cancellationToken);
        var people = await found.OrderBy(p => p.NormalizedUserName).Skip(page.Skip()).Take(page.Size()).Select(p => new
        {
            p.Id,
            p.UserName,
            p.DisplayName,
            p.DisabledAt,
            HasPassword = p.PasswordHash != null,
            HasSecondFactor = db.SecondFactors.Any(f => f.PersonId == p.Id),
            LockedUntil = db.SignInFailures.Where(f => f.Subject == p.Id && f.LockedUntil > now).Select(f => f.LockedUntil).FirstOrDefault(),
            Sessions = db.Sessions.Count(s => s.PersonId == p.Id && s.EndedAt == null && s.ExpiresAt > now && s.SecurityStamp == p.SecurityStamp),
        }).ToListAsync(cancellationToken);
        var ids = people.Select(p => p.Id).ToArray();
        var assignments = (await current.Where(a => ids.Contains(a.PersonId)).Join(db.Organisations.AsNoTracking(), a => a.OrganisationId, o => o.Id, (a, o) => new { a, o })
            .OrderBy(x => x.o.Path).ThenBy(x => x.a.Role).ToListAsync(cancellationToken)).ToLookup(x => x.a.PersonId);
        return TypedResults.Ok(new Page<PersonResponse>([.. people.Select(p => new PersonResponse(
            p.Id, p.UserName!, p.DisplayName,
            [.. assignments[p.Id].Where(x => caller.MayActAs(x.o.Path, Roles.Administrator)).Select(x => new PersonAssignment(x.a.Id, x.a.Role, new(x.o.Id, x.o.Code, x.o.NameZh, x.o.NameEn)))],
            p.HasPassword, p.HasSecondFactor, p.LockedUntil, p.DisabledAt, p.Sessions,
            p.Id != caller.PersonId && AdministeredPerson.Covers([.. assignments[p.Id].Select(x => x.o.Path)], caller)))], page.Number(), page.Size(), total));
    }
}
