using Gengdu.Audit;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.People;

/// <param name="Assignments">In the caller's area, the first five along the tree: a clerk may report for hundreds of schools.</param>
/// <param name="AssignmentCount">All in the caller's area.</param>
/// <param name="HasPassword">False until an invitation was used.</param>
/// <param name="LockedUntil">After failed tries from browsers that are not known; null when not locked.</param>
/// <param name="LastSignInAt">Null: not since "signInsKeptSince".</param>
/// <param name="SignInsKeptSince">When the account was made, or when keeping sign-ins began.</param>
/// <param name="MayAct">False for oneself, and for people who also work outside the caller's area, and, for a system administrator, security and audit administrators.</param>
internal sealed record PersonResponse(
    Guid Id, string UserName, string DisplayName, IReadOnlyList<PersonAssignment> Assignments, int AssignmentCount, bool HasPassword, bool HasSecondFactor, DateTimeOffset? LockedUntil, DateTimeOffset? DisabledAt,
    DateTimeOffset? LastSignInAt, DateTimeOffset SignInsKeptSince, int Sessions, bool MayAct);

/// <param name="Version">For If-Match.</param>
/// <param name="ValidTo">The last day; null while open-ended.</param>
/// <param name="IsDelegated">The person stands in for somebody.</param>
internal sealed record PersonAssignment(Guid Id, string Role, PersonOrganisation Organisation, DateOnly? ValidTo, bool IsDelegated, long Version);

internal sealed record PersonOrganisation(Guid Id, string Code, string NameZh, string NameEn);

/// <summary>People with a role in the area whose accounts the caller looks after.</summary>
internal static class ListPeople
{
    private const int AssignmentsShown = 5;

    /// <param name="search">Start of the user name, or part of the name.</param>
    /// <param name="organisationId">Only people of this organisation and those under it.</param>
    /// <param name="idleSince">Only accounts that can be used and have not been since that day: no sign-in, and made before it.</param>
    public static async Task<Results<Ok<Page<PersonResponse>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, AuditTrail trail, TimeProvider clock, CancellationToken cancellationToken, string? search = null, Guid? organisationId = null, DateOnly? idleSince = null)
    {
        if (caller.SubtreePaths(Roles.Administrator, Roles.SecurityAdministrator).Length == 0)
        {
            return GeneralProblems.Forbidden.ToHttpResult();
        }

        var area = db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path, Roles.Administrator, Roles.SecurityAdministrator);
        var guarded = db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path, Roles.SecurityAdministrator);
        var places = area;
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

        if (idleSince is { } day)
        {
            var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUniversalTime();
            found = found.Where(p => p.DisabledAt == null && (p.LastSignInAt ?? p.SignInsKeptSince) < midnight);
        }

        var total = await found.CountAsync(cancellationToken);
        var people = await found.OrderBy(p => p.NormalizedUserName).Skip(page.Skip()).Take(page.Size()).Select(p => new
        {
            p.Id,
            p.UserName,
            p.DisplayName,
            p.DisabledAt,
            p.LastSignInAt,
            p.SignInsKeptSince,
            HasPassword = p.PasswordHash != null,
            HasSecondFactor = db.SecondFactors.Any(f => f.PersonId == p.Id),
            LockedUntil = db.SignInFailures.Where(f => f.Subject == p.Id && f.LockedUntil > now).Select(f => f.LockedUntil).FirstOrDefault(),
            Assignments = current.Where(a => a.PersonId == p.Id).Join(area, a => a.OrganisationId, o => o.Id, (a, o) => new { a, o }).OrderBy(x => x.o.Path).ThenBy(x => x.a.Role)
                .Take(AssignmentsShown).Select(x => new PersonAssignment(x.a.Id, x.a.Role, new(x.o.Id, x.o.Code, x.o.NameZh, x.o.NameEn), x.a.ValidTo, x.a.DelegatedFrom != null, x.a.Version)).ToList(),
            Within = current.Count(a => a.PersonId == p.Id && area.Any(o => o.Id == a.OrganisationId)),
            // Security and audit administrators are a security administrator's to look after.
            Guarded = current.Any(a => a.PersonId == p.Id && (a.Role == Roles.SecurityAdministrator || a.Role == Roles.Auditor) && !guarded.Any(o => o.Id == a.OrganisationId)),
            Everywhere = current.Count(a => a.PersonId == p.Id),
            Sessions = db.Sessions.Count(s => s.PersonId == p.Id && s.EndedAt == null && s.ExpiresAt > now && s.SecurityStamp == p.SecurityStamp),
        }).ToListAsync(cancellationToken);
        await trail.SawAsync("person", null, caller.SubtreePaths(Roles.Administrator, Roles.SecurityAdministrator)[0], people.Count, new { organisationId, idleSince, searched = search is { Length: > 0 }, page = page.Number() });
        return TypedResults.Ok(new Page<PersonResponse>([.. people.Select(p => new PersonResponse(
            p.Id, p.UserName!, p.DisplayName, p.Assignments, p.Within, p.HasPassword, p.HasSecondFactor, p.LockedUntil, p.DisabledAt, p.LastSignInAt, p.SignInsKeptSince, p.Sessions,
            p.Id != caller.PersonId && p.Within == p.Everywhere && !p.Guarded))], page.Number(), page.Size(), total));
    }
}
