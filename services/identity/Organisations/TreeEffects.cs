using Gengdu.Identity.Data;
using Gengdu.Organisations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Gengdu.Identity.Organisations;

/// <summary>People with a role at a place whose subtree loses or gains what moved.</summary>
internal sealed record AccessShift(string Code, string NameZh, string NameEn, string Role, int People);

/// <summary>What a change that is decided but not saved would do.</summary>
internal sealed record TreeEffects(int Organisations, int Schools, IReadOnlyList<AccessShift> Losing, IReadOnlyList<AccessShift> Gaining, IReadOnlyList<OrganisationResponse> Created)
{
    public static IReadOnlyList<EntityEntry<Organisation>> Changed(IdentityDbContext db) =>
        [.. db.ChangeTracker.Entries<Organisation>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).OrderBy(entry => entry.Entity.Path, StringComparer.Ordinal)];

    public static async Task<TreeEffects> OfAsync(IdentityDbContext db, Caller caller, DateOnly today, CancellationToken cancellationToken)
    {
        var changed = Changed(db);
        var (before, after) = (new HashSet<string>(), new HashSet<string>());
        // Closed ones carry nobody's work any more; of the rest, what stands below a moved one moves with it.
        foreach (var entry in changed.Where(e => e.State == EntityState.Modified && e.Property(o => o.Path).IsModified && e.Entity.IsOpen))
        {
            before.UnionWith(Above(entry.Property(o => o.Path).OriginalValue));
            after.UnionWith(Above(entry.Entity.Path));
        }

        var common = before.Intersect(after).ToHashSet();
        return new(
            changed.Count, changed.Count(entry => entry.Entity.IsSchool),
            await AtAsync(before.Except(common), db, caller, today, cancellationToken), await AtAsync(after.Except(common), db, caller, today, cancellationToken),
            [.. changed.Where(entry => entry.State == EntityState.Added).Select(entry => OrganisationResponse.Of(entry.Entity))]);
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var end = path.LastIndexOf('/', path.Length - 2); end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..(end + 1)];
        }
    }

    private static async Task<IReadOnlyList<AccessShift>> AtAsync(IEnumerable<string> paths, IdentityDbContext db, Caller caller, DateOnly today, CancellationToken cancellationToken)
    {
        var places = paths.ToArray();
        if (places.Length == 0)
        {
            return [];
        }

        // The database still holds the paths of before; those of moved places would be found by them.
        return await db.Organisations.AsNoTracking().VisibleTo(caller, o => o.Path).Where(o => places.Contains(o.Path))
            .Join(db.Assignments.AsNoTracking(), o => o.Id, a => a.OrganisationId, (o, a) => new { o, a })
            .Where(pair => !pair.a.Removed && pair.a.ValidFrom <= today && (pair.a.ValidTo == null || pair.a.ValidTo >= today) && pair.a.Role != Roles.Reporter && pair.a.Role != Roles.Approver)
            .GroupBy(pair => new { pair.o.Path, pair.o.Code, pair.o.NameZh, pair.o.NameEn, pair.a.Role })
            .OrderBy(group => group.Key.Path).ThenBy(group => group.Key.Role)
            .Select(group => new AccessShift(group.Key.Code, group.Key.NameZh, group.Key.NameEn, group.Key.Role, group.Select(pair => pair.a.PersonId).Distinct().Count()))
            .ToListAsync(cancellationToken);
    }
}
