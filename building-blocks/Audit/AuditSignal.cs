using System.Data.Common;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gengdu.Audit;

/// <summary>Wakes this process's chain writer after a commit that wrote acts.</summary>
public sealed class AuditSignal : WakeSignal;

/// <summary>Wakes after a save outside a transaction.</summary>
internal sealed class AuditSaveInterceptor(AuditSignal signal) : SaveChangesInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { Database.CurrentTransaction: null } context && context.ChangeTracker.Entries<AuditPending>().Any())
        {
            signal.Wake();
        }

        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}

/// <summary>The same for explicit transactions; acts written with own SQL are not tracked, so any commit may hold some.</summary>
internal sealed class AuditCommitInterceptor(AuditSignal signal) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signal.Wake();
        return Task.CompletedTask;
    }
}
