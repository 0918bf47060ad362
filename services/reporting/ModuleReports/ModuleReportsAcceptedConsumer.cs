using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Locks what the province accepted.</summary>
internal sealed class ModuleReportsAcceptedConsumer(ReportingDbContext db) : IConsumer<ModuleReportsAccepted>
{
    public Task Consume(ConsumeContext<ModuleReportsAccepted> context) => ReviewOutcomes.ApplyAsync(
        db, ModuleReportState.Accepted, context.Message.Level,
        [.. context.Message.Items.Select(i => new ReviewOutcome(i.ModuleReportId, i.Revision, i.ReviewVersion))], context.CancellationToken);

    internal sealed class Definition : ConsumerDefinition<ModuleReportsAcceptedConsumer>
    {
        public Definition() => EndpointName = "reporting-module-reports-accepted";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportsAcceptedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
