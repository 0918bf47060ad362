using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Messaging;

/// <summary>The service's context, for the filter that does not know its type.</summary>
internal sealed record InboxContext(DbContext Db);

/// <summary>See <see cref="Inbox.UseInbox"/>.</summary>
internal sealed class InboxFilter<TMessage>(InboxContext inbox, TimeProvider clock) : IFilter<ConsumeContext<TMessage>>
    where TMessage : class
{
    public async Task Send(ConsumeContext<TMessage> context, IPipe<ConsumeContext<TMessage>> next)
    {
        FaultPoints.Pass(FaultPoints.Delivered);
        var consumer = context.ReceiveContext.InputAddress.AbsolutePath.Split('/')[^1];
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without id cannot be consumed once");
        var cancellationToken = context.CancellationToken;
        var database = inbox.Db.Database;
        await using var transaction = await database.BeginTransactionAsync(cancellationToken);
        var fresh = await database.ExecuteSqlAsync(
            $"insert into inbox_messages (consumer, message_id, received_at) values ({consumer}, {messageId}, {clock.GetUtcNow()}) on conflict do nothing", cancellationToken);
        if (fresh == 0)
        {
            return;
        }

        await next.Send(context);
        await inbox.Db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.EffectCommitted);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("gengdu-inbox");
}
