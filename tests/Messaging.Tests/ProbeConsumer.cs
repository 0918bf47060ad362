using System.Collections.Concurrent;
using System.Diagnostics;
using Gengdu.Contracts.Reporting.V1;
using MassTransit;

namespace Gengdu.Messaging.Tests;

/// <summary>What reached the consumer, and how it shall behave. One per host.</summary>
internal sealed class Probe
{
    public ConcurrentQueue<(Guid MessageId, Guid Subject, string? TraceId)> Received { get; } = new();

    /// <summary>Runs inside the consumer after its effect was added; may throw.</summary>
    public Func<CycleClosed, Task> Behave { get; set; } = _ => Task.CompletedTask;

    /// <summary>The same for each message of a batch.</summary>
    public Action<ReportExempted> BehaveInBatch { get; set; } = _ => { };

    /// <summary>What was tried together.</summary>
    public ConcurrentQueue<IReadOnlyList<Guid>> Batches { get; } = new();
}

/// <summary>A consumer as services have them: the inbox filter around it, its effect in the scoped context.</summary>
internal sealed class ProbeConsumer(ProbeDbContext db, Probe probe) : IConsumer<CycleClosed>
{
    public const string Queue = "probe-cycle-closed";

    public async Task Consume(ConsumeContext<CycleClosed> context)
    {
        probe.Received.Enqueue((context.MessageId!.Value, context.Message.CycleId, Activity.Current?.TraceId.ToString()));
        db.Add(new Effect { Id = NewId.NextGuid(), Subject = context.Message.CycleId });
        await probe.Behave(context.Message);
    }

    internal sealed class Definition : ConsumerDefinition<ProbeConsumer>
    {
        public Definition() => EndpointName = Queue;

        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ProbeConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
