using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Deadlines;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>Nothing is asked of the report any more. Before its part of the roster it makes the row, which the part then completes.</summary>
internal sealed class ReportExemptedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<ReportExempted>
{
    public async Task Consume(ConsumeContext<ReportExempted> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        await db.Database.ExecuteSqlAsync($$"""
            insert into roster as r (report_id, cycle_id, organisation_id, organisation_path, level, module_keys, exempt_at)
            values ({{e.ReportId}}, {{e.CycleId}}, {{e.OrganisationId}}, {{e.OrganisationPath}}, {{e.Level}}, array[]::text[], {{e.ExemptedAt.ToUniversalTime()}})
            on conflict (report_id) do update set exempt_at = coalesce(r.exempt_at, excluded.exempt_at)
            """, cancellationToken);
        await db.TellAsync(e, clock.GetUtcNow(), cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ReportExemptedConsumer>
    {
        public Definition() => EndpointName = "supervision-report-exempted";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ReportExemptedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
