using Gengdu.Analytics.Data;
using Gengdu.Contracts.Supervision.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Reviews;

/// <summary>What was unlocked is accepted no longer; its values count, as not approved, until the correction comes.</summary>
internal sealed class ModuleReportUnlockedConsumer(AnalyticsDbContext db, ReviewActs acts) : IConsumer<ModuleReportUnlocked>
{
    public Task Consume(ConsumeContext<ModuleReportUnlocked> context)
    {
        var e = context.Message;
        return acts.ApplyAsync((NpgsqlConnection)db.Database.GetDbConnection(), e.CycleId, "returned", e.UnlockedAt,
            [new(e.ModuleReportId, e.OrganisationId, e.Revision, e.ReviewVersion)], context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportUnlockedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-module-report-unlocked", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportUnlockedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
