using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Shows the organisation why it stays accepted.</summary>
internal sealed class UnlockRefusedConsumer(ReportingDbContext db) : IConsumer<UnlockRefused>
{
    public async Task Consume(ConsumeContext<UnlockRefused> context)
    {
        var moduleReport = await db.ModuleReports.AsTracking().SingleOrDefaultAsync(m => m.Id == context.Message.ModuleReportId, context.CancellationToken);
        moduleReport?.ApplyWords(ReturnNotice.Of(context.Message), context.Message.ReviewVersion);
    }

    internal sealed class Definition : ConsumerDefinition<UnlockRefusedConsumer>
    {
        public Definition() => EndpointName = "reporting-unlock-refused";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<UnlockRefusedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
