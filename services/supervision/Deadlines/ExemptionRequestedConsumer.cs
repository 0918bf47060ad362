using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;

namespace Gengdu.Supervision.Deadlines;

/// <summary>Tells whoever stands above the place that asked.</summary>
internal sealed class ExemptionRequestedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<ExemptionRequested>
{
    public async Task Consume(ConsumeContext<ExemptionRequested> context)
    {
        var (e, now, cancellationToken) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        var telling = await DeadlineTellings.AboutAsync(db, "exemption-asked", e.RequestId, e.CycleId, e.OrganisationId, e.OrganisationPath, cancellationToken);
        telling = telling.With("answerAt", e.AnswerBy) with { Urgent = true, Except = e.RequestedBy };
        await db.RaiseNoticesAsync([await telling.ToWhoAnswersAsync(db, e.AskedFrom, now, cancellationToken)], now, cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ExemptionRequestedConsumer>
    {
        public Definition() => EndpointName = "supervision-exemption-requested";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExemptionRequestedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
