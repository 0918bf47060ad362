using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Shows the organisation that a correction was asked for.</summary>
internal sealed class UnlockRequestedConsumer(ReportingDbContext db) : IConsumer<UnlockRequested>
{
    public async Task Consume(ConsumeContext<UnlockRequested> context)
    {
        var moduleReport = await db.ModuleReports.AsTracking().SingleOrDefaultAsync(m => m.Id == context.Message.ModuleReportId, context.CancellationToken);
        moduleReport?.ApplyWords(ReturnNotice.Of(context.Message), context.Message.ReviewVersion);
    }

    internal sealed class Definition : ConsumerDefinition<UnlockRequestedConsumer>
    {
        public Definition() => EndpointName = "reporting-unlock-requested";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<UnlockRequestedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
