using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Gengdu.Contracts.Reporting.V1;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Gengdu.Messaging.Tests;

/// <summary>The outbox against the real Postgres and the real broker.</summary>
public sealed class OutboxDispatcherTests
{
    private const string Exchange = "gengdu.reporting.v1.cycle-closed";
    private static readonly DateTimeOffset Start = new(2026, 9, 15, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Commit_IsPublishedAndTheRowDeletedAfterTheConfirm()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);

        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "the consumer's effect");
        await Eventually.HoldsAsync(async () => await host.PendingAsync() == 0, "the outbox is empty");
    }

    [Fact]
    public async Task Meter_CountsWhatWasConfirmedAndHowLongItTook()
    {
        var (published, delays) = (0L, new ConcurrentQueue<double>());
        using var meter = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == "Gengdu.Messaging") { listener.EnableMeasurementEvents(instrument); } } };
        meter.SetMeasurementEventCallback<long>((instrument, count, _, _) => Interlocked.Add(ref published, instrument.Name == "gengdu.outbox.published" ? count : 0));
        meter.SetMeasurementEventCallback<double>((_, seconds, _, _) => delays.Enqueue(seconds));
        meter.Start();
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);

        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1 && Interlocked.Read(ref published) >= 1, "counted");
        Assert.All(delays, seconds => Assert.InRange(seconds, 0, 3600));
        Assert.NotEmpty(delays);
    }

    [Fact]
    public async Task Rollback_PublishesNothing()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);

        await host.InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new CycleClosed { CycleId = Guid.CreateVersion7(Start), ClosedAt = Start }, Start);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });
        var after = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(after) == 1, "the later commit");
        Assert.Equal([after], host.Probe.Received.Select(received => received.Subject));
    }

    [Fact]
    public async Task NoQueueBound_StaysPendingUntilThereIsOne()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var publisher = await scene.StartAsync(consumer: false);
        var subject = await publisher.SaveAsync();

        await Eventually.HoldsAsync(() => publisher.InDatabaseAsync(db => db.Outbox.AnyAsync(m => m.Attempts > 0)), "a first attempt that the broker returned");
        Assert.Equal(1, await publisher.PendingAsync());

        var consumer = await scene.StartAsync(consumer: true);
        await Eventually.HoldsAsync(async () => await consumer.EffectsAsync(subject) == 1, "published once a queue is bound");
        await Eventually.HoldsAsync(async () => await publisher.PendingAsync() == 0, "the outbox is empty");
    }

    /// <summary>For other systems: none of them may have come yet.</summary>
    [Fact]
    public async Task NoQueueBound_AnAnnouncementIsDoneAllTheSame()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: false, services: services => services.Announces<CycleClosed>());

        await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.PendingAsync() == 0, "the outbox is empty");
    }

    [Fact]
    public async Task TwoDispatchers_PublishEachRowOnce()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var hosts = new[] { await scene.StartAsync(consumer: true), await scene.StartAsync(consumer: true) };

        await Task.WhenAll(hosts.SelectMany(host => Enumerable.Range(0, 150).Select(_ => host.SaveAsync())));

        await Eventually.HoldsAsync(async () => await hosts[0].InDatabaseAsync(db => db.Effects.CountAsync()) == 300, "300 effects");
        await Eventually.HoldsAsync(async () => await hosts[0].PendingAsync() == 0, "the outbox is empty");
        // Every delivery that reached a consumer, before the inbox could hide a second one.
        Assert.Equal(300, hosts.Sum(host => host.Probe.Received.Count));
    }

    [Fact]
    public async Task LeaseOfADispatcherThatDied_IsTakenOverOnlyAfterItsEnd()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var clock = new FakeTimeProvider(Start);
        var host = await scene.StartAsync(consumer: true, clock);
        var subject = Guid.CreateVersion7(Start);
        await host.InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new CycleClosed { CycleId = subject, ClosedAt = Start }, Start);
            await db.SaveChangesAsync();
            await db.Outbox.ExecuteUpdateAsync(row => row.SetProperty(m => m.LeaseToken, Guid.CreateVersion7(Start)).SetProperty(m => m.LeasedUntil, Start.AddSeconds(30)));
            await transaction.CommitAsync();
            return 0;
        });

        await Eventually.SomeTimeAsync();
        Assert.Empty(host.Probe.Received);

        clock.Advance(TimeSpan.FromSeconds(31));
        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "taken over");
        await Eventually.HoldsAsync(async () => await host.PendingAsync() == 0, "the outbox is empty");
    }

    [Fact]
    public async Task RowTakenOverMeanwhile_IsNotDeletedByTheOldHolder()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var clock = new FakeTimeProvider(Start);
        var host = await scene.StartAsync(consumer: true, clock);
        // Between publish and confirm another dispatcher, with a later lease, becomes the holder.
        host.Bus.ConnectPublishObserver(new Usurper(() => host.InDatabaseAsync(db => db.Outbox.ExecuteUpdateAsync(row => row
            .SetProperty(m => m.LeaseToken, Guid.CreateVersion7(Start)).SetProperty(m => m.LeasedUntil, Start.AddSeconds(60))))));

        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "published");
        await Eventually.SomeTimeAsync();
        Assert.Equal(1, await host.PendingAsync());
    }

    [Fact]
    public async Task Delay_HoldsTheRowBackUntilItsTime()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var clock = new FakeTimeProvider(Start);
        var host = await scene.StartAsync(consumer: true, clock);
        var subject = await host.SaveAsync(TimeSpan.FromHours(2));

        clock.Advance(TimeSpan.FromMinutes(119));
        await Eventually.SomeTimeAsync();
        Assert.Empty(host.Probe.Received);

        clock.Advance(TimeSpan.FromMinutes(2));
        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "published at its time");
    }

    [Fact]
    public async Task RowThatCannotBeRead_StaysPendingAndDoesNotHoldUpOthers()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"insert into outbox_messages (id, type, body, not_before, attempts) values ({Guid.CreateVersion7(Start)}, 'System.Diagnostics.Process', 'null', {Start}, 0)"));

        var subject = await host.SaveAsync();

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "the good row");
        await Eventually.HoldsAsync(() => host.InDatabaseAsync(db => db.Outbox.AnyAsync(m => m.Attempts > 0)), "the bad row was tried and kept");
    }

    [Fact]
    public async Task BrokerComesUpLate_NothingIsLost()
    {
        await using var scene = await MessagingScene.CreateAsync();
        // The virtual host does not exist yet: for the client that is a broker that refuses it.
        var late = $"{scene.Broker.Name}-late";
        var address = new UriBuilder(scene.Broker.Address) { Path = late }.Uri;
        var host = await scene.StartAsync(consumer: true, broker: address);
        var subject = await host.SaveAsync();
        await Eventually.SomeTimeAsync();
        Assert.Equal(1, await host.PendingAsync());

        using var made = await scene.Broker.Management.PutAsync(new Uri($"api/vhosts/{late}", UriKind.Relative), null);
        made.EnsureSuccessStatusCode();
        try
        {
            await Eventually.HoldsAsync(async () => await host.EffectsAsync(subject) == 1, "published once the broker is there");
        }
        finally
        {
            using var gone = await scene.Broker.Management.DeleteAsync(new Uri($"api/vhosts/{late}", UriKind.Relative));
        }
    }

    [Fact]
    public async Task TransactionThatCommitsLate_IsNotOvertakenForEver()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        var early = Guid.CreateVersion7(Start);

        await host.InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Publish(new CycleClosed { CycleId = early, ClosedAt = Start }, Start);
            await db.SaveChangesAsync();
            // Rows with later ids are committed and published meanwhile: a reader by "greater than the last" would lose the first.
            var later = await host.SaveAsync();
            await Eventually.HoldsAsync(async () => await host.EffectsAsync(later) == 1, "the later row");
            await transaction.CommitAsync();
            return 0;
        });

        await Eventually.HoldsAsync(async () => await host.EffectsAsync(early) == 1, "the row that committed late");
    }

    [Fact]
    public async Task ConnectionsCutByTheBroker_LoseAndDoubleNothing()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        var saving = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                await host.SaveAsync();
                await Task.Delay(20);
            }
        });

        var cuts = 0;
        await Eventually.HoldsAsync(async () => (cuts += await scene.Broker.CutConnectionsAsync()) >= 4, "four connections cut");
        await saving;

        await Eventually.HoldsAsync(async () => await host.PendingAsync() == 0, "the outbox is empty");
        await Eventually.HoldsAsync(async () => await host.InDatabaseAsync(db => db.Effects.CountAsync()) == 300, "300 effects");
        await Eventually.SomeTimeAsync();
        Assert.Equal((300, 300), (await host.InDatabaseAsync(db => db.Effects.CountAsync()), await host.InDatabaseAsync(db => db.Effects.Select(e => e.Subject).Distinct().CountAsync())));
    }

    [Fact]
    public async Task Message_CarriesTheRowsIdAndTheContractsUrn()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        await scene.Broker.BindAsync(Exchange, "other-system");

        await host.SaveAsync();

        await Eventually.HoldsAsync(() => Task.FromResult(!host.Probe.Received.IsEmpty), "received");
        var wire = Assert.Single(await scene.Broker.TakeAsync("other-system"));
        var body = System.Text.Json.JsonDocument.Parse(wire.GetProperty("payload").GetString()!).RootElement;
        Assert.Equal(host.Probe.Received.Single().MessageId, body.GetProperty("messageId").GetGuid());
        Assert.Equal("urn:message:event:gengdu-reporting-v1-cycle-closed", body.GetProperty("messageType")[0].GetString());
        Assert.Equal(2, wire.GetProperty("properties").GetProperty("delivery_mode").GetInt32());
    }

    private sealed class Usurper(Func<Task> act) : IPublishObserver
    {
        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => act();

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
