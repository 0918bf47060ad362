using MassTransit;
using Npgsql;

namespace Gengdu.Messaging;

/// <summary>For consumers that take many messages in one transaction because each by itself would cost too much.</summary>
public static class Batches
{
    // The broker's client: one batch being written, the next one filling.
    private const int InFlight = 2;

    /// <summary>Batches of up to <paramref name="size"/> messages, closed at the latest <paramref name="collecting"/> after the first.</summary>
    public static void InBatches<TConsumer>(this IConsumerConfigurator<TConsumer> consumer, IReceiveEndpointConfigurator endpoint, int size, TimeSpan collecting)
        where TConsumer : class
    {
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.PrefetchCount = InFlight * size;
        consumer.Options<BatchOptions>(batch => batch
            .SetMessageLimit(size).SetTimeLimit(collecting).SetTimeLimitStart(BatchTimeLimitStart.FromFirst).SetConcurrencyLimit(1));
    }

    /// <summary>
    /// Applies a batch in one go, and if that fails for another reason than a passing one, message by message to the last:
    /// one that cannot be taken must not hold up ninety-nine others. Then the batch fails and goes the way of every poisoned
    /// message; what was applied is in the inbox and stays applied.
    /// </summary>
    /// <param name="context">The batch.</param>
    /// <param name="apply">One transaction: inbox rows by <see cref="ReceiveNewAsync"/>, effect, commit.</param>
    /// <exception cref="AggregateException">Some messages could not be taken even alone.</exception>
    public static async Task ApplyAsync<TMessage>(ConsumeContext<Batch<TMessage>> context, Func<IReadOnlyList<ConsumeContext<TMessage>>, CancellationToken, Task> apply)
        where TMessage : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(apply);
        FaultPoints.Pass(FaultPoints.Delivered);
        ConsumeContext<TMessage>[] messages = [.. context.Message];
        try
        {
            await apply(messages, context.CancellationToken);
        }
        catch (Exception fault) when (messages.Length > 1 && !Passes(fault, context.CancellationToken))
        {
            await ApplyOneByOneAsync(messages, apply, context.CancellationToken);
        }

        FaultPoints.Pass(FaultPoints.EffectCommitted);
    }

    /// <summary>Inside the transaction of the effect: records the messages, and gives back those that were not seen before.</summary>
    public static async Task<IReadOnlyList<TMessage>> ReceiveNewAsync<TMessage>(
        NpgsqlConnection connection, string consumer, IReadOnlyList<ConsumeContext<TMessage>> messages, DateTimeOffset now, CancellationToken cancellationToken)
        where TMessage : class
    {
        var byId = messages.ToLookup(message => message.MessageId ?? throw new InvalidOperationException("A message without id cannot be consumed once"), message => message.Message);
        var fresh = await Inbox.ReceiveNewAsync(connection, consumer, [.. byId.Select(group => group.Key)], now, cancellationToken);
        return [.. byId.Where(group => fresh.Contains(group.Key)).Select(group => group.First())];
    }

    private static async Task ApplyOneByOneAsync<TMessage>(
        ConsumeContext<TMessage>[] messages, Func<IReadOnlyList<ConsumeContext<TMessage>>, CancellationToken, Task> apply, CancellationToken cancellationToken)
        where TMessage : class
    {
        var refused = new List<Exception>();
        foreach (var message in messages)
        {
            try
            {
                await apply([message], cancellationToken);
            }
            catch (Exception fault) when (!Passes(fault, cancellationToken))
            {
                refused.Add(fault);
            }
        }

        if (refused.Count > 0)
        {
            throw new AggregateException($"{refused.Count} of {messages.Length} messages could not be taken", refused);
        }
    }

    private static bool Passes(Exception fault, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested || TransientFault.Is(fault);
}
