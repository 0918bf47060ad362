using System.Diagnostics;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Gengdu.Messaging.Tests;

/// <summary>The inbox, retries and what happens to messages that cannot be consumed.</summary>
public sealed class InboxTests
{
    private static readonly DateTimeOffset Start = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task SameMessageTenTimesAtOnce_TakesEffectOnce()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        var received = new Counter();
        host.Bus.ConnectReceiveObserver(received);
        var closed = Closed();
        var messageId = NewId();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PublishAsync(host, closed, messageId)));

        await Eventually.HoldsAsync(() => Task.FromResult(received.Done == 10), "ten deliveries");
        Assert.Equal((1, 0), (await host.EffectsAsync(closed.CycleId), received.Failed));
        Assert.Null(await scene.Broker.QueueAsync($"{ProbeConsumer.Queue}_error"));
    }

    [Fact]
    public async Task ConsumerThatThrowsTwice_IsRetriedWithNothingLeftOfTheFailedTries()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        var tries = 0;
        host.Probe.Behave = _ => Interlocked.Increment(ref tries) <= 2 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;

        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "the third try");
        Assert.Equal(3, tries);
        Assert.Single(await host.InDatabaseAsync(db => db.Inbox.ToListAsync()));
    }

    [Fact]
    public async Task Poison_GoesToTheErrorQueueAloneAndItsNeighboursTakeEffect()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        var poison = Closed();
        host.Probe.Behave = closed => closed.CycleId == poison.CycleId ? throw new FormatException("poison") : Task.CompletedTask;

        var before = await SaveManyAsync(host, 20);
        await PublishAsync(host, poison, NewId());
        var after = await SaveManyAsync(host, 20);

        await Eventually.HoldsAsync(() => host.InDatabaseAsync(async db => await db.Effects.CountAsync() == 40), "40 effects");
        await Eventually.HoldsAsync(async () => await scene.Broker.QueueAsync($"{ProbeConsumer.Queue}_error") is { } queue
            && queue.TryGetProperty("messages", out var messages) && messages.GetInt32() == 1, "one message in the error queue");
        Assert.Equal(0, await host.EffectsAsync(poison.CycleId));
        // No inbox row either: a replay after the cause is mended takes effect.
        Assert.Equal(40, await host.InDatabaseAsync(db => db.Inbox.CountAsync()));
        Assert.Equal(40, before.Concat(after).Distinct().Count());
        var parked = Assert.Single(await scene.Broker.TakeAsync($"{ProbeConsumer.Queue}_error"));
        Assert.Contains("FormatException", parked.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownTypeAndBrokenJson_AreSetAsideAndTheConsumerLives()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        await scene.Broker.PutAsync(ProbeConsumer.Queue, "{ broken", "application/vnd.masstransit+json");
        await scene.Broker.PutAsync(ProbeConsumer.Queue,
            """{"messageId":"0199c0de-0000-7000-8000-000000000000","messageType":["urn:message:System:Diagnostics.Process"],"message":{}}""", "application/vnd.masstransit+json");
        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "the good message");
        await Eventually.HoldsAsync(async () => await CountAsync(scene, "_error") == 1, "broken JSON in the error queue");
        await Eventually.HoldsAsync(async () => await CountAsync(scene, "_skipped") == 1, "the unknown type in the skipped queue");
    }

    [Fact]
    public async Task DatabaseConnectionCut_IsWaitedOutAndNothingIsParked()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        var cuts = 0;
        host.Probe.Behave = async _ =>
        {
            // More often than the short retries would bear: a database that is away is not the message's fault.
            if (Interlocked.Increment(ref cuts) <= 6)
            {
                await using var connection = new NpgsqlConnection(scene.ConnectionString);
                await connection.OpenAsync();
                await using var cut = new NpgsqlCommand(
                    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and state = 'idle in transaction' and datname = current_database()", connection);
                await cut.ExecuteNonQueryAsync();
            }
        };

        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "the seventh try");
        Assert.Null(await scene.Broker.QueueAsync($"{ProbeConsumer.Queue}_error"));
    }

    [Fact]
    public async Task Trace_GoesOnBehindTheBroker()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Gengdu.Messaging" or "MassTransit" or "Gengdu.Tests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("Gengdu.Tests");
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        Guid subject;
        string trace;
        using (var request = source.StartActivity("request")!)
        {
            trace = request.TraceId.ToString();
            subject = await host.SaveAsync();
        }

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "received");
        Assert.Equal(trace, host.Probe.Received.Single().TraceId);
    }

    [Fact]
    public async Task ReceiveNew_OfABatch_NamesEachMessageOnceForEver()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: false);
        await using var connection = await host.Services.GetRequiredService<Database>().OpenConnectionAsync(CancellationToken.None);
        Guid[] first = [NewId(), NewId(), NewId()], second = [first[2], NewId(), first[0]];

        Assert.Equal(first.Order(), (await Inbox.ReceiveNewAsync(connection, "batch", [.. first, first[0]], Start, CancellationToken.None)).Order());
        Assert.Equal([second[1]], await Inbox.ReceiveNewAsync(connection, "batch", second, Start, CancellationToken.None));
        Assert.Equal(3, (await Inbox.ReceiveNewAsync(connection, "another-consumer", first, Start, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Cleaner_DropsRowsAfterThirtyDaysAndKeepsYoungerOnes()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var clock = new FakeTimeProvider(Start);
        var host = await scene.StartAsync(consumer: false, clock);
        await host.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 4001).Select(_ => new InboxMessage { Consumer = "old", MessageId = NewId(), ReceivedAt = Start.AddDays(-30) }));
            db.Add(new InboxMessage { Consumer = "young", MessageId = NewId(), ReceivedAt = Start.AddDays(-29) });
            return await db.SaveChangesAsync();
        });

        await Eventually.HoldsAsync(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(61));
            return host.InDatabaseAsync(async db => !await db.Inbox.AnyAsync(m => m.Consumer == "old"));
        }, "old rows are gone");
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Inbox.CountAsync()));
    }

    private sealed class Counter : IReceiveObserver
    {
        private int _done;
        private int _failed;

        public int Done => Volatile.Read(ref _done);

        public int Failed => Volatile.Read(ref _failed);

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context)
        {
            Interlocked.Increment(ref _done);
            return Task.CompletedTask;
        }

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
            where T : class => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
            where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception)
        {
            Interlocked.Increment(ref _failed);
            return Task.CompletedTask;
        }
    }

    private static async Task<int> CountAsync(MessagingScene scene, string suffix) =>
        await scene.Broker.QueueAsync(ProbeConsumer.Queue + suffix) is { } queue && queue.TryGetProperty("messages", out var messages) ? messages.GetInt32() : 0;

    private static async Task<IReadOnlyList<Guid>> SaveManyAsync(ProbeHost host, int count)
    {
        var saved = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            saved.Add(await host.SaveAsync());
        }

        return saved;
    }

    private static Task PublishAsync(ProbeHost host, CycleClosed closed, Guid messageId) => host.Bus.Publish(closed, context => context.MessageId = messageId);

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static CycleClosed Closed() => new() { CycleId = NewId(), ClosedAt = Start };
}
