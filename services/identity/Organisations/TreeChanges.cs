using Gengdu.Identity.Data;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Identity.Organisations;

/// <summary>What every change of the tree needs: one at a time, and numbers for new nodes.</summary>
internal static class TreeChanges
{
    /// <summary>Waits for other changes of the tree; held until the transaction ends. Readers are not blocked.</summary>
    public static Task LockTreeAsync(this IdentityDbContext db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync("lock table organisations in share row exclusive mode", cancellationToken);

    public static async Task<Queue<long>> TakeNumbersAsync(this IdentityDbContext db, int count, CancellationToken cancellationToken) =>
        new(await db.Database.SqlQuery<long>($"select nextval('organisation_numbers') as \"Value\" from generate_series(1, {count})").ToListAsync(cancellationToken));
}
