using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>Takes a report out of what is due and counts it apart, at its place and above.</summary>
internal sealed class ReportExemptedConsumer(AnalyticsDbContext db, SchoolFigures figures) : IConsumer<ReportExempted>
{
    public async Task Consume(ConsumeContext<ReportExempted> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.ShareAsync(connection, cancellationToken);
        await CycleLock.TakeAsync(connection, [e.CycleId], cancellationToken);
        var fresh = await db.Database.ExecuteSqlAsync(
            $"insert into report_exemptions (report_id, cycle_id, organisation_id, exempted_at) values ({e.ReportId}, {e.CycleId}, {e.OrganisationId}, {e.ExemptedAt.ToUniversalTime()}) on conflict do nothing",
            cancellationToken);
        if (fresh > 0)
        {
            await figures.RecountAsync(connection, e.CycleId, [new Change(e.OrganisationId, null)], cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<ReportExemptedConsumer>
    {
        public Definition() => EndpointName = "analytics-report-exempted";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ReportExemptedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
