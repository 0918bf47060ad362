using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Organisations;

/// <summary>
/// Keeps the organisation replica: a newer version replaces the row, an older or repeated one changes nothing. In batches,
/// because a province arrives as fifteen thousand events at once, and rights at its schools wait for them.
/// </summary>
public sealed class OrganisationChangedConsumer(ReplicaContext replica, ReplicaOptions options, AccessCache access, TimeProvider clock) : IConsumer<Batch<OrganisationChanged>>
{
    private const int BatchSize = 200;

    private const string Keep = """
        insert into organisations (id, parent_id, path, code, name_zh, name_en, level_roles, kind, school_type, urban_rural, run_by, grades, valid_from, valid_to, version)
        select "OrganisationId", "ParentId", "Path", "Code", "NameZh", "NameEn", "LevelRoles", "Kind", "SchoolType", "UrbanRural", "RunBy", "Grades", "ValidFrom", "ValidTo", "Version"
        from jsonb_to_recordset($1) as r("OrganisationId" uuid, "ParentId" uuid, "Path" text, "Code" text, "NameZh" text, "NameEn" text, "LevelRoles" text[], "Kind" text,
          "SchoolType" text, "UrbanRural" text, "RunBy" text, "Grades" text[], "ValidFrom" date, "ValidTo" date, "Version" bigint)
        order by "OrganisationId"
        on conflict (id) do update set parent_id = excluded.parent_id, path = excluded.path, code = excluded.code, name_zh = excluded.name_zh,
          name_en = excluded.name_en, level_roles = excluded.level_roles, kind = excluded.kind, school_type = excluded.school_type, urban_rural = excluded.urban_rural,
          run_by = excluded.run_by, grades = excluded.grades, valid_from = excluded.valid_from, valid_to = excluded.valid_to, version = excluded.version
        where organisations.version < excluded.version
        """;

    /// <inheritdoc />
    public async Task Consume(ConsumeContext<Batch<OrganisationChanged>> context)
    {
        await Batches.ApplyAsync(context, ApplyAsync);
        access.Forget();
    }

    private async Task ApplyAsync(IReadOnlyList<ConsumeContext<OrganisationChanged>> messages, CancellationToken cancellationToken)
    {
        await using var transaction = await replica.Db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)replica.Db.Database.GetDbConnection();
        var changed = await Batches.ReceiveNewAsync(connection, Definition.QueueOf(options), messages, clock.GetUtcNow(), cancellationToken);
        var newest = changed.GroupBy(e => e.OrganisationId).Select(group => group.MaxBy(e => e.Version));
        await using var command = new NpgsqlCommand(Keep, connection);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = JsonSerializer.Serialize(newest) });
        await command.ExecuteNonQueryAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Endpoint of one service: "{service}-organisation-changed".</summary>
    public sealed class Definition : ConsumerDefinition<OrganisationChangedConsumer>
    {
        /// <summary>Created by the container.</summary>
        public Definition(ReplicaOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            EndpointName = QueueOf(options);
        }

        internal static string QueueOf(ReplicaOptions options) => $"{options.Service}-organisation-changed";

        /// <inheritdoc />
        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrganisationChangedConsumer> consumerConfigurator, IRegistrationContext context) =>
            consumerConfigurator.InBatches(endpointConfigurator, BatchSize, TimeSpan.FromMilliseconds(100));
    }
}
