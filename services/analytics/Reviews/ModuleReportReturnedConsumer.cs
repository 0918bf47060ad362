using Gengdu.Analytics.Data;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Reviews;

/// <summary>A returned revision still counts in the figures, as not approved; completeness shows it as waiting for a correction.</summary>
internal sealed class ModuleReportReturnedConsumer(AnalyticsDbContext db, ReviewActs acts) : IConsumer<ModuleReportReturned>
{
    public Task Consume(ConsumeContext<ModuleReportReturned> context)
    {
        var e = context.Message;
        return acts.ApplyAsync((NpgsqlConnection)db.Database.GetDbConnection(), e.CycleId, "returned", e.ReturnedAt,
            [new(e.ModuleReportId, e.OrganisationId, e.Revision, e.ReviewVersion)], context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportReturnedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-module-report-returned", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportReturnedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
