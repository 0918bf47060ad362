using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;

namespace Gengdu.Supervision.Deadlines;

/// <summary>Tells the level above at once: two working days are not long.</summary>
internal sealed class ExtensionRequestedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<ExtensionRequested>
{
    public async Task Consume(ConsumeContext<ExtensionRequested> context)
    {
        var (e, now, cancellationToken) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        var telling = await DeadlineTellings.AboutAsync(db, "extension-asked", e.ExtensionId, e.CycleId, e.OrganisationId, e.OrganisationPath, cancellationToken);
        telling = telling.With("untilAt", e.AskedUntil).With("answerAt", e.AnswerBy) with { Urgent = true, Except = e.RequestedBy };
        await db.RaiseNoticesAsync([await telling.ToWhoAnswersAsync(db, telling.OrganisationPath, now, cancellationToken)], now, cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ExtensionRequestedConsumer>
    {
        public Definition() => EndpointName = "supervision-extension-requested";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExtensionRequestedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
