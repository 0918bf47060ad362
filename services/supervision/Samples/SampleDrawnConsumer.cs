using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>Tells the reviewers of the county whose schools were drawn. Our own event, because no request waits for who is told.</summary>
internal sealed class SampleDrawnConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<SampleDrawn>
{
    public async Task Consume(ConsumeContext<SampleDrawn> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is { } organisation)
        {
            await db.RaiseNoticesAsync([SampleTellings.Of("sample-drawn", e.SampleId, e.Level, organisation, e.DrawnBy, new() { ["candidates"] = SampleTellings.Text(e.Candidates), ["count"] = SampleTellings.Text(e.Size) })],
                clock.GetUtcNow(), cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<SampleDrawnConsumer>
    {
        public Definition() => EndpointName = "supervision-sample-drawn";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SampleDrawnConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
