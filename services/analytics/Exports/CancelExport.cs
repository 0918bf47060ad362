using Gengdu.Analytics.Data;
using Gengdu.Audit;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Exports;

internal static class CancelExport
{
    /// <summary>One that is being made ends within a moment, what was written of it goes; a finished one is removed.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(Guid id, Caller caller, AnalyticsDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ListExports.Own(db, caller).FirstOrDefaultAsync(e => e.Id == id && e.ExpiresAt > now, cancellationToken) is not { } export)
        {
            return GeneralProblems.NotFound.ToHttpResult();
        }

        // The one that runs is told; whoever makes it takes it away. Asked for twice it is the same.
        var running = await db.Set<Export>().Where(e => e.Id == id && e.State == "running").ExecuteUpdateAsync(set => set.SetProperty(e => e.CancelAsked, true), cancellationToken);
        if (running == 0)
        {
            await db.Set<Export>().Where(e => e.Id == id).ExecuteDeleteAsync(cancellationToken);
        }

        await db.AuditAsync([AuditAct.Of(caller, running > 0 || export.State == "waiting" ? "export.cancelled" : "export.removed", id, export.Path)], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
