using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>Adds one part of the frozen roster; delivered again it adds nothing. Its organisations stand where the tree has them now, should they have moved since.</summary>
internal sealed class CycleRosterPublishedConsumer(SupervisionDbContext db) : IConsumer<CycleRosterPublished>
{
    // In one order, so that the same part taken twice at once waits for itself instead of deadlocking.
    private static readonly string Add = $"""
        insert into roster (report_id, cycle_id, organisation_id, organisation_path, level, module_keys)
        select r.report_id, $1, r.organisation_id, {Places.InCycle("r.organisation_id", "c.closed_at", "r.path")}, r.level, r.module_keys
        from jsonb_to_recordset($2) as r(report_id uuid, organisation_id uuid, path text, level text, module_keys text[])
        left join cycle_closings c on c.cycle_id = $1
        order by r.report_id
        on conflict (report_id) do update set module_keys = excluded.module_keys where cardinality(roster.module_keys) = 0
        """;

    public async Task Consume(ConsumeContext<CycleRosterPublished> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.ShareAsync(connection, cancellationToken);
        await CycleExtension.HoldAsync(connection, e.CycleId, cancellationToken);
        var rows = JsonSerializer.Serialize(e.Entries.Select(entry => new
        {
            report_id = entry.ReportId,
            organisation_id = entry.OrganisationId,
            path = entry.OrganisationPath,
            level = entry.Level,
            module_keys = entry.ModuleKeys,
        }));
        await using var command = new NpgsqlCommand(Add, connection);
        command.Parameters.AddWithValue(e.CycleId);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb, Value = rows });
        await command.ExecuteNonQueryAsync(cancellationToken);
        await CycleExtension.ApplyAsync(connection, e.CycleId, extensionId: null, [.. e.Entries.Select(entry => entry.ReportId)], cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<CycleRosterPublishedConsumer>
    {
        public Definition() => EndpointName = "supervision-cycle-roster-published";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleRosterPublishedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
