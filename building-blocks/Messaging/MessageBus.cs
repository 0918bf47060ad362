using Gengdu.ServiceDefaults;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Gengdu.Messaging;

/// <summary>RabbitMQ through MassTransit, with our outbox and inbox in the service's own schema.</summary>
public static class MessageBus
{
    private static readonly TimeSpan[] ShortRetries = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(1500)];

    /// <summary>
    /// Registers the bus, the outbox dispatcher and the topology. Fails at start when ConnectionStrings:RabbitMq is
    /// missing; a broker that comes up late is waited for, and requests are served meanwhile.
    /// </summary>
    /// <param name="builder">The application; <see cref="Postgres.AddPostgres{TDbContext}"/> comes before.</param>
    /// <param name="consumers">Adds each consumer with its definition, one explicit line each.</param>
    public static void AddMessageBus<TDbContext>(this WebApplicationBuilder builder, Action<IBusRegistrationConfigurator>? consumers = null)
        where TDbContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<IInterceptor, OutboxSaveInterceptor>();
        services.AddSingleton<IInterceptor, OutboxCommitInterceptor>();
        services.AddScoped(provider => new InboxContext(provider.GetRequiredService<TDbContext>()));
        var inMemory = builder.Configuration["Messaging:Transport"] == "InMemory";
        var broker = inMemory ? null : new Uri(builder.Configuration["ConnectionStrings:RabbitMq"] ?? throw new InvalidOperationException(
            "Configuration ConnectionStrings:RabbitMq is missing: amqp://user:password@host:port/vhost (environment variable ConnectionStrings__RabbitMq)."));
        services.Configure<MassTransitHostOptions>(host => (host.WaitUntilStarted, host.StopTimeout) = (false, TimeSpan.FromSeconds(20)));
        services.AddMassTransit(bus =>
        {
            // The library would report usage to its maker's server: nothing leaves the province's network unasked.
            bus.DisableUsageTelemetry();
            consumers?.Invoke(bus);
            bus.AddConfigureEndpointsCallback((_, queue, endpoint) => ConfigureEndpoint(queue, endpoint));
            if (broker is null)
            {
                bus.UsingInMemory((context, configurator) => configurator.ConfigureEndpoints(context));
                return;
            }

            bus.UsingRabbitMq((context, configurator) =>
            {
                configurator.Host(broker);
                configurator.DeployTopologyOnly = context.GetRequiredService<TopologyDeployment>().Only;
                configurator.PrefetchCount = 16;
                configurator.ConfigureEndpoints(context);
            });
        });
        services.AddSingleton<TopologyDeployment>();
        services.AddSingleton(typeof(Gathering<,>));
        if (broker is not null)
        {
            services.AddSingleton(provider => new MigrationStep(cancellationToken => provider.GetRequiredService<TopologyDeployment>().RunAsync(broker, cancellationToken)));
        }

        services.AddHostedService<OutboxDispatcher>();
        services.AddHostedService<InboxCleaner>();
    }

    /// <summary>
    /// An event for other systems: nobody inside listens to it, so a broker without any queue for it has taken it all the same. Taken
    /// back with the first consumer of our own, which a missing queue would otherwise leave out without a trace.
    /// </summary>
    public static IServiceCollection Announces<TEvent>(this IServiceCollection services)
        where TEvent : class => services.AddSingleton(new Announcement(typeof(TEvent).FullName!));

    private static void ConfigureEndpoint(string queue, IReceiveEndpointConfigurator endpoint)
    {
        // A database that is away is not the message's fault: wait for it instead of parking everything that arrives.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(TransientFault.Is);
            retry.Exponential(200, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(300));
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(TransientFault.Is);
            retry.Intervals(ShortRetries);
        });
        if (endpoint is not IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            return;
        }

        // Said explicitly, because the defaults differ between broker versions and one of them deletes poison silently.
        rabbit.SetQuorumQueue();
        rabbit.SetQueueArgument("x-delivery-limit", 20);
        rabbit.SetQueueArgument("x-overflow", "reject-publish");
        rabbit.SetQueueArgument("x-dead-letter-exchange", Topology.DeadLetterExchange);
        rabbit.SetQueueArgument("x-dead-letter-routing-key", queue);
        rabbit.SetQueueArgument("x-dead-letter-strategy", "at-least-once");
        rabbit.BindDeadLetterQueue(Topology.DeadLetterExchange, Topology.ParkingQueue(queue), parking =>
        {
            parking.ExchangeType = "direct";
            parking.RoutingKey = queue;
            parking.SetQuorumQueue();
        });
    }
}

/// <summary>Contract type of an event that needs no queue.</summary>
internal sealed record Announcement(string Type);
