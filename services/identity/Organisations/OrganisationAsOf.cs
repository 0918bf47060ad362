using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>
/// An organisation as it was on a day, beside what it is. Who may see it is decided by where it stands today: a county that
/// lost a school has its old reports, not its present life.
/// </summary>
internal sealed class OrganisationAsOf
{
    public required Organisation Present { get; init; }

    public required OrganisationVersion Then { get; init; }
}

internal static class OrganisationsAsOf
{
    /// <summary>All that was open on that day. Closing and beginning are facts of the present row: they may be told later.</summary>
    public static IQueryable<OrganisationAsOf> On(this IdentityDbContext db, DateOnly day, Caller caller) =>
        from o in db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path)
        join v in db.OrganisationVersions.AsNoTracking() on o.Id equals v.OrganisationId
        where v.EffectiveFrom <= day && (v.EffectiveUntil == null || v.EffectiveUntil > day) && o.ValidFrom <= day && (o.ValidTo == null || o.ValidTo >= day)
        select new OrganisationAsOf { Present = o, Then = v };
}
