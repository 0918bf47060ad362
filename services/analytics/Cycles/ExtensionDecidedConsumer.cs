using Gengdu.Analytics.Data;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Analytics.Cycles;

/// <summary>Keeps more time that was given; the latest of several counts, whatever order they come in. What was refused gives none.</summary>
internal sealed class ExtensionDecidedConsumer(AnalyticsDbContext db) : IConsumer<ExtensionDecided>
{
    public async Task Consume(ConsumeContext<ExtensionDecided> context)
    {
        var e = context.Message;
        if (e is { Approved: true, Until: { } until })
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into extensions (id, cycle_id, organisation_id, organisation_path, covers_subtree, until)
                values ({e.ExtensionId}, {e.CycleId}, {e.OrganisationId}, {e.OrganisationPath}, {e.CoversSubtree}, {until.ToUniversalTime()}) on conflict do nothing
                """, context.CancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<ExtensionDecidedConsumer>
    {
        public Definition() => EndpointName = "analytics-extension-decided";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExtensionDecidedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
