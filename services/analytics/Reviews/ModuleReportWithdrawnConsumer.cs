using Gengdu.Analytics.Data;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Reviews;

/// <summary>A withdrawn revision stands as a returned one does: it counts until the next comes, as not approved.</summary>
internal sealed class ModuleReportWithdrawnConsumer(AnalyticsDbContext db, ReviewActs acts) : IConsumer<ModuleReportWithdrawn>
{
    public Task Consume(ConsumeContext<ModuleReportWithdrawn> context)
    {
        var e = context.Message;
        return acts.ApplyAsync((NpgsqlConnection)db.Database.GetDbConnection(), e.CycleId, "returned", e.WithdrawnAt,
            [new(e.ModuleReportId, e.OrganisationId, e.Revision, e.ReviewVersion)], context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportWithdrawnConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-module-report-withdrawn", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportWithdrawnConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
