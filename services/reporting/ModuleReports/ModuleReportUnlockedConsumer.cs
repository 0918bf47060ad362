using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Opens what was accepted for a next revision, with the province's words.</summary>
internal sealed class ModuleReportUnlockedConsumer(ReportingDbContext db) : IConsumer<ModuleReportUnlocked>
{
    public async Task Consume(ConsumeContext<ModuleReportUnlocked> context)
    {
        var moduleReport = await db.ModuleReports.AsTracking().SingleOrDefaultAsync(m => m.Id == context.Message.ModuleReportId, context.CancellationToken);
        moduleReport?.ApplyUnlock(context.Message);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportUnlockedConsumer>
    {
        public Definition() => EndpointName = "reporting-module-report-unlocked";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportUnlockedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
