using System.Text.Json;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>
/// Adds one part of the frozen roster; a part delivered again adds nothing. Its organisations stand where the tree has them
/// now, should they have moved since the freezing; what they submitted before the roster arrived counts from here on.
/// </summary>
internal sealed class CycleRosterPublishedConsumer(AnalyticsDbContext db, SchoolFigures figures) : IConsumer<CycleRosterPublished>
{
    private static readonly string Add = $"""
        insert into roster_entries (cycle_id, report_id, organisation_id, path, node_path, level, code, school_type, urban_rural, run_by, size_class, boarding, opened_path, grades, module_keys)
        select $1, r.report_id, r.organisation_id, p.path, regexp_replace(p.path, '[^/]+/$', ''), r.level, r.code, r.school_type, r.urban_rural, r.run_by, r.size_class, r.boarding, r.path,
          r.grades, r.module_keys
        from jsonb_to_recordset($2) as r(report_id uuid, organisation_id uuid, path text, level text, code text,
          school_type text, urban_rural text, run_by text, size_class text, boarding text, grades text[], module_keys text[])
        left join cycle_closings c on c.cycle_id = $1
        cross join lateral (select {Places.InCycle("r.organisation_id", "c.closed_at", "r.path")} as path) p
        on conflict do nothing
        """;

    public async Task Consume(ConsumeContext<CycleRosterPublished> context)
    {
        var e = context.Message;
        var cancellationToken = context.CancellationToken;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.ShareAsync(connection, cancellationToken);
        await CycleLock.TakeAsync(connection, [e.CycleId], cancellationToken);
        var rows = JsonSerializer.Serialize(e.Entries.Select(entry => new
        {
            report_id = entry.ReportId,
            organisation_id = entry.OrganisationId,
            path = entry.OrganisationPath,
            level = entry.Level,
            code = entry.Code,
            school_type = entry.SchoolType,
            urban_rural = entry.UrbanRural,
            run_by = entry.RunBy,
            size_class = entry.SizeClass,
            boarding = entry.Boarding,
            grades = entry.Grades,
            module_keys = entry.ModuleKeys,
        }));
        await using (var command = new NpgsqlCommand(Add, connection))
        {
            command.Parameters.AddWithValue(e.CycleId);
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb, Value = rows });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await figures.RecountAsync(connection, e.CycleId, [.. e.Entries.Select(entry => new Change(entry.OrganisationId, null))], cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<CycleRosterPublishedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-cycle-roster-published", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleRosterPublishedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
