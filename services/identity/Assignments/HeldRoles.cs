using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <summary>What a person's other roles say to a new one, and whether one that ends may.</summary>
internal static class HeldRoles
{
    /// <summary>Waits for other changes of this person's roles; held until the transaction ends. False when there is no such person.</summary>
    public static async Task<bool> LockPersonAsync(this IdentityDbContext db, Guid personId, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<Guid>($"select id as \"Value\" from people where id = {personId} for no key update").ToListAsync(cancellationToken)).Count == 1;

    /// <summary>Several people, always in the same order, so that nobody waits for somebody who waits.</summary>
    public static Task LockPeopleAsync(this IdentityDbContext db, Guid[] personIds, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<Guid>($"select id as \"Value\" from people where id = any({personIds}) order by id for no key update").ToListAsync(cancellationToken);

    /// <summary>Refuses a role that the person has already, or that must not be together with another of the same time.</summary>
    public static async Task<Problem?> RefuseAsync(
        this IdentityDbContext db, Guid personId, string role, Guid organisationId, DateOnly from, DateOnly? to, CancellationToken cancellationToken, Guid? except = null)
    {
        var others = await db.Assignments.AsNoTracking()
            .Where(a => a.PersonId == personId && a.Id != except && !a.Removed && (a.ValidTo == null || a.ValidTo >= from) && (to == null || a.ValidFrom <= to))
            .Select(a => new { a.Role, a.OrganisationId }).ToListAsync(cancellationToken);
        return others.Exists(a => a.Role == role && a.OrganisationId == organisationId) ? AssignmentProblems.AlreadyGiven
            : others.Exists(a => !GrantRules.GoTogether(role, a.Role)) ? AssignmentProblems.NotTogether
            : null;
    }

    /// <summary>
    /// Of each of the three administrators one stays at the province: open-ended, and able to sign in. Asks with the tree
    /// locked, so that two cannot remove each other.
    /// </summary>
    public static async Task<Problem?> RefuseEndAsync(
        this IdentityDbContext db, IReadOnlyCollection<Assignment> ending, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = SchoolDay.Of(now);
        var gone = ending.Select(a => a.Id).ToArray();
        foreach (var one in ending.Where(a => Roles.Administrators.Contains(a.Role)))
        {
            var isProvince = await db.Organisations.AnyAsync(o => o.Id == one.OrganisationId && o.ParentId == null, cancellationToken);
            if (isProvince && !await db.Assignments.AnyAsync(
                a => !gone.Contains(a.Id) && a.OrganisationId == one.OrganisationId && a.Role == one.Role && !a.Removed && a.ValidFrom <= today && a.ValidTo == null
                    && db.People.Any(p => p.Id == a.PersonId && p.DisabledAt == null),
                cancellationToken))
            {
                return AssignmentProblems.LastAdministrator;
            }
        }

        return null;
    }
}
