using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using Gengdu.Reporting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Reporting.ModuleReports;

/// <summary>Gives what was taken back to the organisation as a draft again.</summary>
internal sealed class ModuleReportWithdrawnConsumer(ReportingDbContext db) : IConsumer<ModuleReportWithdrawn>
{
    public async Task Consume(ConsumeContext<ModuleReportWithdrawn> context)
    {
        var moduleReport = await db.ModuleReports.AsTracking().SingleOrDefaultAsync(m => m.Id == context.Message.ModuleReportId, context.CancellationToken);
        if (moduleReport is not null)
        {
            var level = await db.Reports.Where(r => r.Id == moduleReport.ReportId).Select(r => r.Level).SingleAsync(context.CancellationToken);
            moduleReport.ApplyWithdrawal(context.Message, level);
        }
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportWithdrawnConsumer>
    {
        public Definition() => EndpointName = "reporting-module-report-withdrawn";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportWithdrawnConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
