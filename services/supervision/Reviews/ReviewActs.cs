using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Gengdu.Supervision.Reviews;

/// <summary>The transaction of one person's act on one review.</summary>
internal static class ReviewActs
{
    /// <summary>
    /// A move waits for the act or the act sees it: nobody decides on what has just left the area. Of two reviewers at once the
    /// second finds what the first did.
    /// </summary>
    public static async Task<IDbContextTransaction> BeginActAsync(this SupervisionDbContext db, Guid reviewId, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        await db.Database.ExecuteSqlAsync($"select from reviews where id = {reviewId} for update", cancellationToken);
        return transaction;
    }
}
