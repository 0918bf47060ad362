using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Gengdu.Messaging;

/// <summary>Names of what lies beside the queues.</summary>
public static class Topology
{
    /// <summary>Direct exchange that takes what a queue gave up; routed by queue name.</summary>
    public const string DeadLetterExchange = "gengdu.dead-letter";

    /// <summary>Where the broker parks messages of a queue after the delivery limit.</summary>
    public static string ParkingQueue(string queue) => $"{queue}_parked";
}

/// <summary>
/// Declares the service's queues with the verb "migrate", before any service starts: an event published while a service
/// was never up would otherwise reach the other services' queues, count as routed, and be missing there for ever.
/// </summary>
internal sealed class TopologyDeployment(IServiceProvider services)
{
    /// <summary>Read when the bus is made: true in the process that migrates.</summary>
    public bool Only { get; private set; }

    public async Task RunAsync(Uri broker, CancellationToken cancellationToken)
    {
        Only = true;
        try
        {
            await services.GetRequiredService<IBusControl>().DeployAsync(cancellationToken);
        }
        catch (Exception fault) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"RabbitMQ at {broker.Host}:{broker.Port} did not answer within a minute; start it or correct ConnectionStrings:RabbitMq, then migrate again.", fault);
        }
    }
}
