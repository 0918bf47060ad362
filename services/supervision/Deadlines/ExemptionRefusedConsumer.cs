using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;

namespace Gengdu.Supervision.Deadlines;

/// <summary>Tells who asked that the report stays due.</summary>
internal sealed class ExemptionRefusedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<ExemptionRefused>
{
    public async Task Consume(ConsumeContext<ExemptionRefused> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        var telling = await DeadlineTellings.AboutAsync(db, "exemption-refused", e.RequestId, e.CycleId, e.OrganisationId, e.OrganisationPath, cancellationToken);
        await db.RaiseNoticesAsync([telling with { PersonId = e.RequestedBy, Urgent = true }], clock.GetUtcNow(), cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ExemptionRefusedConsumer>
    {
        public Definition() => EndpointName = "supervision-exemption-refused";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExemptionRefusedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
