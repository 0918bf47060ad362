using System.Data.Common;
using Gengdu.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gengdu.Messaging;

/// <summary>
/// Wakes this process's dispatcher after a commit that wrote outbox rows. In-process on purpose: a database notification inside the
/// business transaction would serialise all commits (ADR 0006).
/// </summary>
public sealed class OutboxSignal : WakeSignal;

/// <summary>Wakes the dispatcher after each commit of a context.</summary>
internal sealed class OutboxSaveInterceptor(OutboxSignal signal) : SaveChangesInterceptor
{
    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && context.Database.CurrentTransaction is null && context.HoldsEvents())
        {
            signal.Wake();
        }

        return base.SavedChangesAsync(eventData, result, cancellationToken);
    }
}

/// <summary>The same for explicit transactions.</summary>
internal sealed class OutboxCommitInterceptor(OutboxSignal signal) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.HoldsEvents() != false)
        {
            signal.Wake();
        }

        return Task.CompletedTask;
    }
}

/// <summary>A commit without an event, such as every autosave, must not cost the dispatcher a query.</summary>
internal static class OutboxTracking
{
    public static bool HoldsEvents(this DbContext context) => context.ChangeTracker.Entries<OutboxMessage>().Any();
}
