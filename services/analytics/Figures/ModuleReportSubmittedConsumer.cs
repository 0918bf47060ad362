using System.Text.Json;
using Gengdu.Analytics.Cycles;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.ServiceDefaults;
using MassTransit;
using Npgsql;

namespace Gengdu.Analytics.Figures;

/// <summary>
/// Takes submissions in batches: one transaction writes the inbox, the newest revisions, the schools' figures and the
/// nodes above them. Set-wise, because the roll-up is the scarce stage: per submission it would cost more than the intake.
/// </summary>
internal sealed class ModuleReportSubmittedConsumer(
    Database database, SchoolFigures figures, Gathering<ModuleReportSubmittedConsumer, ModuleReportSubmitted> gathering, TimeProvider clock) : IConsumer<Batch<ModuleReportSubmitted>>
{
    private const string Queue = "analytics-module-report-submitted";
    private const int BatchSize = 100;

    // Only what is newer replaces, whichever way the revisions come in; the first revision decides about punctuality.
    private const string Keep = """
        insert into module_values as m (module_report_id, cycle_id, organisation_id, module_key, revision, values, submitted_at, first_revision, on_time, programme_version)
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::jsonb[], $7::timestamptz[], $8::int[], $9::boolean[], $10::text[])
        on conflict (module_report_id) do update set
          module_key = excluded.module_key,
          on_time = case when m.revision = 0 or excluded.first_revision < m.first_revision then excluded.on_time else m.on_time end,
          first_revision = case when m.revision = 0 then excluded.first_revision else least(m.first_revision, excluded.first_revision) end,
          values = case when excluded.revision > m.revision then excluded.values else m.values end,
          submitted_at = case when excluded.revision > m.revision then excluded.submitted_at else m.submitted_at end,
          programme_version = case when excluded.revision > m.revision then excluded.programme_version else m.programme_version end,
          revision = greatest(m.revision, excluded.revision)
        where excluded.revision > m.revision or excluded.first_revision < m.first_revision
        returning cycle_id, organisation_id, module_key
        """;

    public Task Consume(ConsumeContext<Batch<ModuleReportSubmitted>> context) => gathering.ApplyAsync(context, ApplyAsync);

    private async Task ApplyAsync(IReadOnlyList<ConsumeContext<ModuleReportSubmitted>> messages, CancellationToken cancellationToken)
    {
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await CycleLock.TakeAsync(connection, [.. messages.Select(m => m.Message.CycleId).Distinct()], cancellationToken);
        var submitted = await Batches.ReceiveNewAsync(connection, Queue, messages, clock.GetUtcNow(), cancellationToken);
        if (submitted.Count > 0)
        {
            foreach (var cycle in await KeepNewestAsync(connection, submitted, cancellationToken))
            {
                await figures.RecountAsync(connection, cycle.Key, [.. cycle], cancellationToken);
            }
        }

        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<ILookup<Guid, Change>> KeepNewestAsync(NpgsqlConnection connection, IReadOnlyList<ModuleReportSubmitted> submitted, CancellationToken cancellationToken)
    {
        var reports = submitted.GroupBy(e => e.ModuleReportId).OrderBy(group => group.Key)
            .Select(group => (First: group.MinBy(e => e.Revision)!, Newest: group.MaxBy(e => e.Revision)!)).ToArray();
        await using var command = new NpgsqlCommand(Keep, connection);
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.ModuleReportId).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.CycleId).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.OrganisationId).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.ModuleKey).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.Revision).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.Values.GetRawText()).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.SubmittedAt.ToUniversalTime()).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.First.Revision).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.First.OnTime).ToArray());
        command.Parameters.AddWithValue(reports.Select(r => r.Newest.ProgrammeVersion).ToArray());
        var changes = new List<(Guid CycleId, Change Change)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            changes.Add((reader.GetGuid(0), new(reader.GetGuid(1), reader.GetString(2))));
        }

        return changes.OrderBy(change => change.CycleId).ToLookup(change => change.CycleId, change => change.Change);
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportSubmittedConsumer>
    {
        public Definition() => EndpointName = Queue;

        // A short wait for company at an ordinary pace; when many come, what waits meanwhile is written together, however long it waited here.
        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportSubmittedConsumer> consumerConfigurator, IRegistrationContext context) =>
            consumerConfigurator.InGatheredBatches(endpointConfigurator, BatchSize, TimeSpan.FromMilliseconds(50));
    }
}
