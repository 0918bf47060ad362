using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>What every change of the tree needs: one at a time, numbers for new nodes, and the present version of each.</summary>
internal static class TreeChanges
{
    /// <summary>Waits for other changes of the tree; held until the transaction ends. Readers are not blocked.</summary>
    public static Task LockTreeAsync(this IdentityDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync("lock table organisations in share row exclusive mode", cancellationToken);

    /// <summary>Keeps the tree, and what is declared about places, as they are until the transaction ends; others may share. Before people are locked, never after.</summary>
    public static Task ShareTreeAsync(this IdentityDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync("lock table organisations in row exclusive mode", cancellationToken);

    public static async Task<Queue<long>> TakeNumbersAsync(this IdentityDbContext db, int count, CancellationToken cancellationToken) =>
        new(await db.Database.SqlQuery<long>($"select nextval('organisation_numbers') as \"Value\" from generate_series(1, {count})").ToListAsync(cancellationToken));

    /// <summary>To be changed: a version ends where the next begins.</summary>
    public static IQueryable<Organisation> WithPresentVersion(this IQueryable<Organisation> rows) => rows.Include(o => o.Versions.Where(v => v.EffectiveUntil == null));

    /// <summary>A new organisation; a school's code is taken for ever.</summary>
    public static void AddWithCode(this IdentityDbContext db, Organisation organisation, DateTimeOffset now)
    {
        db.Add(organisation);
        if (organisation.IsSchool)
        {
            db.Add(new TakenCode { Code = organisation.Code, TakenAt = now });
        }
    }

    /// <summary>Which of these school codes were given before, to anybody.</summary>
    public static Task<HashSet<string>> TakenAsync(this IdentityDbContext db, IReadOnlyCollection<string> codes, CancellationToken cancellationToken) =>
        db.TakenCodes.Where(taken => codes.Contains(taken.Code)).Select(taken => taken.Code).ToHashSetAsync(cancellationToken);
}
