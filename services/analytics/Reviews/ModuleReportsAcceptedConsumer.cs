using Gengdu.Analytics.Data;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Reviews;

/// <summary>The province's acceptance: the last state of a module report.</summary>
internal sealed class ModuleReportsAcceptedConsumer(AnalyticsDbContext db, ReviewActs acts) : IConsumer<ModuleReportsAccepted>
{
    public Task Consume(ConsumeContext<ModuleReportsAccepted> context)
    {
        var e = context.Message;
        return acts.ApplyAsync((NpgsqlConnection)db.Database.GetDbConnection(), e.CycleId, "accepted", e.At,
            e.Items.Select(item => new ReviewAct(item.ModuleReportId, item.OrganisationId, item.Revision, item.ReviewVersion)), context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportsAcceptedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-module-reports-accepted", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportsAcceptedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
