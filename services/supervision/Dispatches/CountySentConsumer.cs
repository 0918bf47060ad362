using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Reviews;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Dispatches;

/// <summary>Tells the city whose counties are there, and where it has to decide. Our own event: no request waits for who is told.</summary>
internal sealed class CountySentConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<CountySent>
{
    public async Task Consume(ConsumeContext<CountySent> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is not { } county)
        {
            return;
        }

        var line = await db.LineOfAsync(county.Path, cancellationToken);
        var city = await db.Organisations.Where(o => o.Path == line.City).Select(o => (Guid?)o.Id).FirstOrDefaultAsync(cancellationToken);
        await db.RaiseNoticesAsync([DispatchTellings.Of(e.MissingOrganisationIds.Count == 0 ? "county-complete" : "county-gaps", e.DispatchId, e.CycleId, county, e.SentBy) with
        {
            At = city ?? county.Id,
            Roles = [Roles.CitySupervisor],
            Args = DispatchTellings.Args(county, ("count", e.MissingOrganisationIds.Count), ("owed", e.Owed)),
        }], clock.GetUtcNow(), cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<CountySentConsumer>
    {
        public Definition() => EndpointName = "supervision-county-sent";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CountySentConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
