using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.People;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Assignments;

/// <param name="Id">For withdrawing it.</param>
/// <param name="AssignmentId">The role that is stood in for.</param>
/// <param name="Mine">True when the caller is the holder, false when the deputy.</param>
internal sealed record DelegationResponse(
    Guid Id, Guid AssignmentId, string Role, PersonOrganisation Organisation, RightHolder Holder, RightHolder Deputy, DateOnly ValidFrom, DateOnly ValidTo, string? Reason, bool Mine);

/// <summary>What the caller has delegated and what was delegated to them, as far as it is not over.</summary>
internal static class ListDelegations
{
    public static async Task<Ok<Page<DelegationResponse>>> HandleAsync(
        [AsParameters] PageRequest page, Caller caller, IdentityDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (me, today) = (caller.PersonId, SchoolDay.Of(clock.GetUtcNow()));
        var mine = from d in db.Assignments.AsNoTracking()
                   join original in db.Assignments on d.DelegatedFrom equals original.Id
                   join holder in db.People on original.PersonId equals holder.Id
                   join deputy in db.People on d.PersonId equals deputy.Id
                   join o in db.Organisations on d.OrganisationId equals o.Id
                   where !d.Removed && d.ValidTo >= today && (holder.Id == me || deputy.Id == me)
                   orderby d.ValidTo, d.Id
                   select new DelegationResponse(
                       d.Id, original.Id, d.Role, new(o.Id, o.Code, o.NameZh, o.NameEn), new(holder.Id, holder.DisplayName), new(deputy.Id, deputy.DisplayName),
                       d.ValidFrom, d.ValidTo!.Value, d.Reason, holder.Id == me);
        return TypedResults.Ok(new Page<DelegationResponse>(
            await mine.Skip(page.Skip()).Take(page.Size()).ToListAsync(cancellationToken), page.Number(), page.Size(), await mine.CountAsync(cancellationToken)));
    }
}
