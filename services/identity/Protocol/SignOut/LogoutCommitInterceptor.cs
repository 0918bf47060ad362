using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gengdu.Identity.Protocol.SignOut;

/// <summary>Wakes the senders when notices are committed, whoever's transaction it was: a disabled person is out within a second.</summary>
internal sealed class LogoutCommitInterceptor(LogoutSignal signal) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context?.ChangeTracker.Entries<LogoutNotice>().Any() == true)
        {
            signal.Wake();
        }

        return Task.CompletedTask;
    }
}
