using Gengdu.Analytics.Data;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Reviews;

/// <summary>Raises the approval share and the county's or city's count of approved module reports.</summary>
internal sealed class ModuleReportsApprovedConsumer(AnalyticsDbContext db, ReviewActs acts) : IConsumer<ModuleReportsApproved>
{
    public Task Consume(ConsumeContext<ModuleReportsApproved> context)
    {
        var e = context.Message;
        return acts.ApplyAsync((NpgsqlConnection)db.Database.GetDbConnection(), e.CycleId, e.Level == "county" ? "county-approved" : "city-approved", e.At,
            e.Items.Select(item => new ReviewAct(item.ModuleReportId, item.OrganisationId, item.Revision, item.ReviewVersion)), context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportsApprovedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-module-reports-approved", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportsApprovedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
