using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>What can be handed to a deputy, by whom, to whom and for how long.</summary>
internal static class Delegable
{
    public const int MostDays = 92;

    /// <summary>Decisions that cannot wait for the holder's return; administrators' roles are given, not delegated.</summary>
    private static bool Is(string role) => role is Roles.Approver or Roles.CountyReviewer or Roles.CitySupervisor or Roles.ProvinceOwner;

    public static DateOnly Latest(Assignment original, DateOnly today) =>
        original.ValidTo is { } last && last < today.AddDays(MostDays) ? last : today.AddDays(MostDays);

    /// <summary>The assignment with its place, for its holder and for who may give such a role there; exactly one of both.</summary>
    public static async Task<(Assignment? Original, string Path, Problem? Refused)> FindDelegableAsync(
        this IdentityDbContext db, Guid id, Caller caller, DateOnly today, CancellationToken cancellationToken)
    {
        var found = await db.Assignments.AsNoTracking().Where(a => a.Id == id)
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { a, o.Path }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || !(caller.PersonId == found.a.PersonId || caller.Sees(found.Path)))
        {
            return (null, "", GeneralProblems.NotFound);
        }

        var refused = caller.PersonId != found.a.PersonId && !GrantRules.MayGive(caller, found.Path, found.a.Role) ? GeneralProblems.Forbidden
            : found.a.DelegatedFrom is not null || !Is(found.a.Role) ? AssignmentProblems.NotDelegable
            : !found.a.IsOpen(today) || found.a.ValidFrom > today ? AssignmentProblems.AlreadyEnded
            : null;
        return refused is null ? (found.a, found.Path, null) : (null, "", refused);
    }

    /// <summary>People with a role of their own at the same organisation today.</summary>
    public static IQueryable<Assignment> OfColleagues(this IdentityDbContext db, Assignment original, DateOnly today) => db.Assignments.AsNoTracking().Where(a =>
        a.OrganisationId == original.OrganisationId && a.PersonId != original.PersonId && a.DelegatedFrom == null && !a.Removed
        && a.ValidFrom <= today && (a.ValidTo == null || a.ValidTo >= today) && db.People.Any(p => p.Id == a.PersonId && p.DisabledAt == null));
}
