using Gengdu.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.TestKit;

/// <summary>The audit of a service under test.</summary>
public static class AuditLog
{
    /// <summary>Everything chained so far, after what is pending was chained too.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> AuditAsync<TProgram, TDbContext>(this ServiceFixture<TProgram, TDbContext> host)
        where TProgram : class
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(host);
        var chain = host.Services.GetRequiredService<ChainWriter>();
        return await host.InDatabaseAsync(async db =>
        {
            // The service's own writer may hold a batch just now: then this one takes nothing, and looks again.
            while (await db.Set<AuditPending>().AnyAsync())
            {
                await chain.ChainAllAsync(CancellationToken.None);
            }

            return await db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Seq).ToListAsync();
        });
    }

    /// <summary>Those about one thing.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> AuditOfAsync<TProgram, TDbContext>(this ServiceFixture<TProgram, TDbContext> host, object objectId)
        where TProgram : class
        where TDbContext : DbContext =>
        [.. (await host.AuditAsync()).Where(entry => entry.ObjectId == objectId.ToString())];
}
