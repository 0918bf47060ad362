using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Notices;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Samples;

/// <summary>Tells the same reviewers how the sample came out.</summary>
internal sealed class SampleApprovedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<SampleApproved>
{
    public async Task Consume(ConsumeContext<SampleApproved> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (await db.Organisations.AsNoTracking().FirstOrDefaultAsync(o => o.Id == e.OrganisationId, cancellationToken) is { } organisation)
        {
            await db.RaiseNoticesAsync([SampleTellings.Of("sample-approved", e.SampleId, e.Level, organisation, e.ApprovedBy, new()
            {
                ["read"] = SampleTellings.Text(e.ReadReports),
                ["failed"] = SampleTellings.Text(e.FailedReports),
                ["count"] = SampleTellings.Text(e.ApprovedModules),
            })], clock.GetUtcNow(), cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<SampleApprovedConsumer>
    {
        public Definition() => EndpointName = "supervision-sample-approved";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<SampleApprovedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
