using System.Text.Json;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>
/// Adds one part of the frozen roster; a part delivered again adds nothing. What its organisations submitted before the
/// roster arrived counts from here on.
/// </summary>
internal sealed class CycleRosterPublishedConsumer(AnalyticsDbContext db, SchoolFigures figures) : IConsumer<CycleRosterPublished>
{
    public async Task Consume(ConsumeContext<CycleRosterPublished> context)
    {
        var e = context.Message;
        var cancellationToken = context.CancellationToken;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CycleLock.TakeAsync(connection, [e.CycleId], cancellationToken);
        var rows = JsonSerializer.Serialize(e.Entries.Select(entry => new
        {
            report_id = entry.ReportId,
            organisation_id = entry.OrganisationId,
            path = entry.OrganisationPath,
            node_path = TreePath.Parent(entry.OrganisationPath),
            level = entry.Level,
            code = entry.Code,
            school_type = entry.SchoolType,
            urban_rural = entry.UrbanRural,
            run_by = entry.RunBy,
            grades = entry.Grades,
            module_keys = entry.ModuleKeys,
        }));
        await db.Database.ExecuteSqlAsync($"""
            insert into roster_entries (cycle_id, report_id, organisation_id, path, node_path, level, code, school_type, urban_rural, run_by, grades, module_keys)
            select {e.CycleId}, r.report_id, r.organisation_id, r.path, r.node_path, r.level, r.code, r.school_type, r.urban_rural, r.run_by, r.grades, r.module_keys
            from jsonb_to_recordset({rows}::jsonb) as r(report_id uuid, organisation_id uuid, path text, node_path text, level text, code text,
              school_type text, urban_rural text, run_by text, grades text[], module_keys text[])
            on conflict do nothing
            """, cancellationToken);
        await figures.RecountAsync(connection, e.CycleId, [.. e.Entries.Select(entry => new Change(entry.OrganisationId, null))], cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<CycleRosterPublishedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-cycle-roster-published", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleRosterPublishedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
