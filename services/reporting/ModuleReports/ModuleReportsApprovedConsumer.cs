using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Shows the school which level has approved.</summary>
internal sealed class ModuleReportsApprovedConsumer(ReportingDbContext db) : IConsumer<ModuleReportsApproved>
{
    public Task Consume(ConsumeContext<ModuleReportsApproved> context) => ReviewOutcomes.ApplyAsync(
        db, ModuleReportState.Approved, context.Message.Level,
        [.. context.Message.Items.Select(i => new ReviewOutcome(i.ModuleReportId, i.Revision, i.ReviewVersion))], context.CancellationToken);

    internal sealed class Definition : ConsumerDefinition<ModuleReportsApprovedConsumer>
    {
        public Definition() => EndpointName = "reporting-module-reports-approved";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportsApprovedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
