using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Opens a returned module report at the organisation again, with the reasons.</summary>
internal sealed class ModuleReportReturnedConsumer(ReportingDbContext db) : IConsumer<ModuleReportReturned>
{
    public async Task Consume(ConsumeContext<ModuleReportReturned> context)
    {
        var moduleReport = await db.ModuleReports.AsTracking().SingleOrDefaultAsync(m => m.Id == context.Message.ModuleReportId, context.CancellationToken);
        moduleReport?.ApplyReturn(context.Message);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportReturnedConsumer>
    {
        public Definition() => EndpointName = "reporting-module-report-returned";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportReturnedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
