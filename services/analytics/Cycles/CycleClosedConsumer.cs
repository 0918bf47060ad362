using Gengdu.Analytics.Data;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Cycles;

/// <summary>Marks the cycle closed. Figures stay as they are: what was submitted before may still be reviewed.</summary>
internal sealed class CycleClosedConsumer(AnalyticsDbContext db) : IConsumer<CycleClosed>
{
    public Task Consume(ConsumeContext<CycleClosed> context) => db.Database.ExecuteSqlAsync($"""
        insert into cycle_closings (cycle_id, closed_at) values ({context.Message.CycleId}, {context.Message.ClosedAt.ToUniversalTime()})
        on conflict do nothing
        """, context.CancellationToken);

    internal sealed class Definition : ConsumerDefinition<CycleClosedConsumer>
    {
        public Definition() => EndpointName = "analytics-cycle-closed";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleClosedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
