using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.TestKit;

/// <summary>
/// What the service under test published, and delivery to it. Works on the service's own bus with the in-memory
/// transport, so outbox, inbox and retries are the real ones.
/// </summary>
public sealed class EventLog : IPublishObserver, IReceiveObserver
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentQueue<(Guid Id, object Message)> _published = new();
    private readonly ConcurrentDictionary<Guid, ConcurrentQueue<TaskCompletionSource>> _deliveries = new();
    private readonly IServiceProvider _services;

    internal EventLog(IServiceProvider services) => _services = services;

    /// <summary>All events of a kind the service published so far.</summary>
    public IReadOnlyList<TEvent> Published<TEvent>() => [.. _published.Select(entry => entry.Message).OfType<TEvent>()];

    /// <summary>Waits for the first event of a kind that fits; tests share the bus, so say which one is meant.</summary>
    public async Task<TEvent> WaitForAsync<TEvent>(Func<TEvent, bool> fits, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            foreach (var published in Published<TEvent>())
            {
                if (fits(published))
                {
                    return published;
                }
            }

            try
            {
                await Task.Delay(20, patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No fitting {typeof(TEvent).Name} was published within {Patience.TotalSeconds} s; seen of this kind: {Published<TEvent>().Count}.");
            }
        }
    }

    /// <summary>
    /// Delivers an event from outside and returns when one endpoint is done with it; throws what the consumer threw at last.
    /// Give the same <paramref name="messageId"/> again to play a redelivery.
    /// </summary>
    public async Task DeliverAsync<TEvent>(TEvent message, Guid? messageId = null, CancellationToken cancellationToken = default)
        where TEvent : class
    {
        var id = messageId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _deliveries.GetOrAdd(id, _ => new()).Enqueue(done);
        await _services.GetRequiredService<IBus>().Publish(message, context => context.MessageId = id, cancellationToken);
        await done.Task.WaitAsync(Patience, cancellationToken);
    }

    internal async Task ConnectAsync()
    {
        var bus = _services.GetRequiredService<IBusControl>();
        bus.ConnectPublishObserver(this);
        bus.ConnectReceiveObserver(this);
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, Patience);
    }

    Task IPublishObserver.PrePublish<T>(PublishContext<T> context) => Task.CompletedTask;

    Task IPublishObserver.PostPublish<T>(PublishContext<T> context)
    {
        if (context.MessageId is { } id && !_deliveries.ContainsKey(id))
        {
            _published.Enqueue((id, context.Message));
        }

        return Task.CompletedTask;
    }

    Task IPublishObserver.PublishFault<T>(PublishContext<T> context, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.PreReceive(ReceiveContext context) => Task.CompletedTask;

    Task IReceiveObserver.PostReceive(ReceiveContext context)
    {
        Delivery(context)?.TrySetResult();
        return Task.CompletedTask;
    }

    Task IReceiveObserver.PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) => Task.CompletedTask;

    Task IReceiveObserver.ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) => Task.CompletedTask;

    Task IReceiveObserver.ReceiveFault(ReceiveContext context, Exception exception)
    {
        Delivery(context)?.TrySetException(exception);
        return Task.CompletedTask;
    }

    private TaskCompletionSource? Delivery(ReceiveContext context) =>
        context.GetMessageId() is { } id && _deliveries.TryGetValue(id, out var waiting) && waiting.TryDequeue(out var done) ? done : null;
}
