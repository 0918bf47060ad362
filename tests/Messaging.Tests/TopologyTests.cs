using System.Text.Json;
using Gengdu.ServiceDefaults;
using RabbitMQ.Client;

namespace Gengdu.Messaging.Tests;

/// <summary>What AddMessageBus declares on the broker, and that the broker does what the arguments say.</summary>
public sealed class TopologyTests
{
    [Fact]
    public async Task Queue_SaysEveryLimitItself()
    {
        await using var scene = await MessagingScene.CreateAsync();
        await scene.StartAsync(consumer: true);

        var arguments = (await scene.Broker.QueueAsync(ProbeConsumer.Queue))!.Value.GetProperty("arguments");

        Assert.Equal("quorum", arguments.GetProperty("x-queue-type").GetString());
        Assert.Equal(20, arguments.GetProperty("x-delivery-limit").GetInt32());
        Assert.Equal("reject-publish", arguments.GetProperty("x-overflow").GetString());
        Assert.Equal("at-least-once", arguments.GetProperty("x-dead-letter-strategy").GetString());
        Assert.Equal(Topology.DeadLetterExchange, arguments.GetProperty("x-dead-letter-exchange").GetString());
        Assert.Equal(ProbeConsumer.Queue, arguments.GetProperty("x-dead-letter-routing-key").GetString());
        var parking = (await scene.Broker.QueueAsync(Topology.ParkingQueue(ProbeConsumer.Queue)))!.Value;
        Assert.Equal("quorum", parking.GetProperty("arguments").GetProperty("x-queue-type").GetString());
        Assert.True(parking.GetProperty("durable").GetBoolean());
        Assert.Contains(await scene.Broker.BindingsAsync(Topology.ParkingQueue(ProbeConsumer.Queue)),
            binding => binding.GetProperty("source").GetString() == Topology.DeadLetterExchange && binding.GetProperty("routing_key").GetString() == ProbeConsumer.Queue);
    }

    [Fact]
    public async Task Migrate_DeclaresTheQueuesOfAServiceThatNeverStarted()
    {
        await using var scene = await MessagingScene.CreateAsync();
        await using (var migrating = ProbeHost.Build(scene.ConnectionString, scene.Broker.Address, consumer: true))
        {
            migrating.Configuration["ConnectionStrings:PostgresOwner"] = await scene.OwnerAsync();
            Assert.True(await migrating.TryMigrateAsync<ProbeDbContext>(["migrate"]));
        }

        var publisher = await scene.StartAsync(consumer: false);
        var subject = await publisher.SaveAsync();
        await Eventually.HoldsAsync(async () => await publisher.PendingAsync() == 0, "routed although no consumer ever ran");

        var consumer = await scene.StartAsync(consumer: true);
        await Eventually.HoldsAsync(async () => await consumer.EffectsAsync(subject) == 1, "kept in the queue until the consumer came");
    }

    [Fact]
    public async Task MessageThatKillsItsConsumerEachTime_IsParkedByTheBroker()
    {
        await using var scene = await MessagingScene.CreateAsync();
        var host = await scene.StartAsync(consumer: true);
        await host.DisposeAsync();
        await scene.Broker.PutAsync(ProbeConsumer.Queue, """{"doomed":true}""", "application/json");

        // A process that dies with the message in its hands: to the broker the same as this reject.
        await using var connection = await new ConnectionFactory { Uri = scene.Broker.Address }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        for (var delivery = 0; delivery <= 20; delivery++)
        {
            BasicGetResult? got = null;
            await Eventually.HoldsAsync(async () => (got = await channel.BasicGetAsync(ProbeConsumer.Queue, autoAck: false)) is not null, $"delivery {delivery}");
            await channel.BasicRejectAsync(got!.DeliveryTag, requeue: true);
        }

        var parked = new List<JsonElement>();
        await Eventually.HoldsAsync(async () =>
        {
            parked.AddRange(await scene.Broker.TakeAsync(Topology.ParkingQueue(ProbeConsumer.Queue)));
            return parked.Count > 0;
        }, "in the parking queue");
        Assert.Contains("doomed", Assert.Single(parked).GetProperty("payload").GetString(), StringComparison.Ordinal);
        Assert.Null(await channel.BasicGetAsync(ProbeConsumer.Queue, autoAck: true));
    }
}
