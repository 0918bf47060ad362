using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>Tells the county what became of its gaps.</summary>
internal sealed class CountyGapsDecidedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<CountyGapsDecided>
{
    public async Task Consume(ConsumeContext<CountyGapsDecided> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is { } county)
        {
            await db.RaiseNoticesAsync([DispatchTellings.Of(e.Allowed ? "gaps-allowed" : "gaps-refused", e.DispatchId, e.CycleId, county, e.DecidedBy) with
            {
                Roles = [Roles.CountyReviewer],
                Args = DispatchTellings.Args(county, ("count", e.Gaps)),
            }], clock.GetUtcNow(), cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<CountyGapsDecidedConsumer>
    {
        public Definition() => EndpointName = "supervision-county-gaps-decided";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CountyGapsDecidedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
