using MassTransit;
using Npgsql;

namespace Gengdu.Messaging;

/// <summary>For consumers that take many messages in one transaction because each by itself would cost too much.</summary>
public static class Batches
{
    // The broker's client: one batch being written, the next one filling.
    private const int InFlight = 2;

    // Two of the largest that are written together, in batches of a hundred.
    private const int InLine = 20;

    /// <summary>Batches of up to <paramref name="size"/> messages, closed at the latest <paramref name="collecting"/> after the first.</summary>
    public static void InBatches<TConsumer>(this IConsumerConfigurator<TConsumer> consumer, IReceiveEndpointConfigurator endpoint, int size, TimeSpan collecting)
        where TConsumer : class => consumer.InBatches(endpoint, size, collecting, InFlight * size, 1);

    /// <summary>The same for a consumer that has a <see cref="Gathering{TConsumer, TMessage}"/>: batches stand in line and are written together.</summary>
    public static void InGatheredBatches<TConsumer>(this IConsumerConfigurator<TConsumer> consumer, IReceiveEndpointConfigurator endpoint, int size, TimeSpan collecting)
        where TConsumer : class => consumer.InBatches(endpoint, size, collecting, InLine * size, InLine);

    /// <summary>
    /// Applies a batch in one go, and if that fails for another reason than a passing one, its halves, and theirs, down to the single
    /// message: one that cannot be taken must not hold up a thousand others, nor cost a thousand transactions. What was applied the
    /// broker may forget; what was not is tried again, alone, and then goes the way of every poisoned message.
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
        var refused = new Dictionary<ConsumeContext<TMessage>, Exception>();
        await ApplyHalvesAsync(messages, apply, refused, context.CancellationToken);
        await SettleAsync(messages, refused);
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

    /// <summary>A failed batch takes along only what has not been said to be done.</summary>
    internal static async Task SettleAsync<TMessage>(ConsumeContext<TMessage>[] messages, Dictionary<ConsumeContext<TMessage>, Exception> refused)
        where TMessage : class
    {
        Exception[] faults = [.. messages.Where(refused.ContainsKey).Select(message => refused[message])];
        if (faults.Length == 0)
        {
            return;
        }

        foreach (var taken in messages.Where(message => !refused.ContainsKey(message)))
        {
            await taken.NotifyConsumed(taken, TimeSpan.Zero, nameof(Batches));
        }

        throw new AggregateException($"{faults.Length} of {messages.Length} messages could not be taken", faults);
    }

    internal static async Task ApplyHalvesAsync<TMessage>(
        ConsumeContext<TMessage>[] messages, Func<IReadOnlyList<ConsumeContext<TMessage>>, CancellationToken, Task> apply, Dictionary<ConsumeContext<TMessage>, Exception> refused,
        CancellationToken cancellationToken)
        where TMessage : class
    {
        try
        {
            await apply(messages, cancellationToken);
        }
        catch (Exception fault) when (!Passes(fault, cancellationToken))
        {
            if (messages.Length == 1)
            {
                refused[messages[0]] = fault;
                return;
            }

            await ApplyHalvesAsync(messages[..(messages.Length / 2)], apply, refused, cancellationToken);
            await ApplyHalvesAsync(messages[(messages.Length / 2)..], apply, refused, cancellationToken);
        }
    }

    private static void InBatches<TConsumer>(this IConsumerConfigurator<TConsumer> consumer, IReceiveEndpointConfigurator endpoint, int size, TimeSpan collecting, int prefetch, int atOnce)
        where TConsumer : class
    {
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentNullException.ThrowIfNull(endpoint);
        endpoint.PrefetchCount = prefetch;
        consumer.Options<BatchOptions>(batch => batch
            .SetMessageLimit(size).SetTimeLimit(collecting).SetTimeLimitStart(BatchTimeLimitStart.FromFirst).SetConcurrencyLimit(atOnce));
    }

    private static bool Passes(Exception fault, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested || TransientFault.Is(fault);
}

/// <summary>
/// What waits while a batch is being written is written together as the next one. The library closes a batch when its time is over,
/// written or not: under load the same few messages would stand in line batch behind batch, each at the price of a large one.
/// </summary>
/// <typeparam name="TConsumer">Whose batches; one of these a consumer, as a singleton.</typeparam>
/// <typeparam name="TMessage">What they hold.</typeparam>
public sealed class Gathering<TConsumer, TMessage> : IDisposable
    where TConsumer : class
    where TMessage : class
{
    // Written in one transaction. What is written above the single message (a county's sum) costs the same for one as for all of them,
    // so the more wait, the less each costs; the fewer, the sooner they are seen.
    private const int Most = 1000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly Queue<Part> _waiting = new();

    /// <summary>As <see cref="Batches.ApplyAsync"/>, with whatever else waits by the time it is this batch's turn.</summary>
    public async Task ApplyAsync(ConsumeContext<Batch<TMessage>> context, Func<IReadOnlyList<ConsumeContext<TMessage>>, CancellationToken, Task> apply)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(apply);
        FaultPoints.Pass(FaultPoints.Delivered);
        var own = new Part([.. context.Message]);
        lock (_lock)
        {
            _waiting.Enqueue(own);
        }

        await _turn.WaitAsync(context.CancellationToken);
        try
        {
            // First come, first served: what came before this one is written before it or with it.
            while (!own.Done)
            {
                await WriteAsync(Next(), apply, context.CancellationToken);
            }
        }
        finally
        {
            _turn.Release();
        }

        await own.SettleAsync();
        FaultPoints.Pass(FaultPoints.EffectCommitted);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private List<Part> Next()
    {
        var together = new List<Part>();
        lock (_lock)
        {
            for (var count = 0; _waiting.TryPeek(out var part) && (together.Count == 0 || count + part.Messages.Length <= Most); count += part.Messages.Length)
            {
                together.Add(_waiting.Dequeue());
            }
        }

        return together;
    }

    private async Task WriteAsync(List<Part> together, Func<IReadOnlyList<ConsumeContext<TMessage>>, CancellationToken, Task> apply, CancellationToken cancellationToken)
    {
        var refused = new Dictionary<ConsumeContext<TMessage>, Exception>();
        try
        {
            await Batches.ApplyHalvesAsync([.. together.SelectMany(part => part.Messages)], apply, refused, cancellationToken);
            together.ForEach(part => part.End(refused, null));
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A database that is away: each batch waits for it by itself.
            together.ForEach(part => part.End(refused, fault));
        }
        catch
        {
            // Only this one's delivery ends: the others write themselves.
            lock (_lock)
            {
                together.ForEach(_waiting.Enqueue);
            }

            throw;
        }
    }

    private sealed class Part(ConsumeContext<TMessage>[] messages)
    {
        private Dictionary<ConsumeContext<TMessage>, Exception> _refused = [];
        private Exception? _passing;

        public ConsumeContext<TMessage>[] Messages => messages;

        public bool Done { get; private set; }

        public void End(Dictionary<ConsumeContext<TMessage>, Exception> refused, Exception? passing) => (_refused, _passing, Done) = (refused, passing, true);

        public Task SettleAsync() => _passing is null ? Batches.SettleAsync(messages, _refused) : throw new InvalidOperationException("The batch could not be written now", _passing);
    }
}
