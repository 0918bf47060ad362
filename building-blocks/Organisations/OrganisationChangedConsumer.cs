using System.Text.Json;
using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Gengdu.Organisations;

/// <summary>
/// Keeps the organisation replica: a newer version replaces the row, an older or repeated one changes nothing but what is known
/// of former places. What the service stored by path follows in the same transaction. In batches, because a province arrives
/// as fifteen thousand events at once, and a county moves with its hundred schools.
/// </summary>
public sealed class OrganisationChangedConsumer(ReplicaContext replica, ReplicaOptions options, AccessCache access, IServiceProvider services, TimeProvider clock)
    : IConsumer<Batch<OrganisationChanged>>
{
    private const int BatchSize = 200;
    private const int PatienceSeconds = 120;

    // Says which organisations something stored by path may have to follow: new ones, those that stand elsewhere or play other
    // levels, and those of which an older version came late, because a closed cycle may belong to it.
    private const string Keep = """
        with incoming as (
          select r.* from jsonb_to_recordset($1) as r("OrganisationId" uuid, "ParentId" uuid, "Path" text, "Code" text, "NameZh" text, "NameEn" text, "LevelRoles" text[], "Kind" text,
            "SchoolType" text, "UrbanRural" text, "RunBy" text, "Grades" text[], "ValidFrom" date, "ValidTo" date, "Version" bigint, "ChangedAt" timestamptz)
        ), placed as (
          insert into organisation_places as p (organisation_id, version, path, changed_at)
          select "OrganisationId", "Version", "Path", coalesce("ChangedAt", '-infinity') from incoming order by 1, 2
          on conflict (organisation_id, version) do update set changed_at = excluded.changed_at where excluded.changed_at < p.changed_at
        ), before as (
          select o.id, o.path, o.level_roles, o.version from organisations o where o.id in (select "OrganisationId" from incoming)
        ), kept as (
          insert into organisations (id, parent_id, path, code, name_zh, name_en, level_roles, kind, school_type, urban_rural, run_by, grades, valid_from, valid_to, version)
          select distinct on ("OrganisationId") "OrganisationId", "ParentId", "Path", "Code", "NameZh", "NameEn", "LevelRoles", "Kind", "SchoolType", "UrbanRural", "RunBy", "Grades", "ValidFrom",
            "ValidTo", "Version" from incoming order by "OrganisationId", "Version" desc
          on conflict (id) do update set parent_id = excluded.parent_id, path = excluded.path, code = excluded.code, name_zh = excluded.name_zh,
            name_en = excluded.name_en, level_roles = excluded.level_roles, kind = excluded.kind, school_type = excluded.school_type, urban_rural = excluded.urban_rural,
            run_by = excluded.run_by, grades = excluded.grades, valid_from = excluded.valid_from, valid_to = excluded.valid_to, version = excluded.version
          where organisations.version < excluded.version
          returning id, path, level_roles
        )
        select distinct i."OrganisationId" from incoming i left join before b on b.id = i."OrganisationId" left join kept k on k.id = i."OrganisationId"
        where b.id is null or i."Version" <= b.version or (k.id is not null and (k.path, k.level_roles) is distinct from (b.path, b.level_roles))
        order by 1
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
        await TreeLock.HoldAsync(connection, cancellationToken);
        var changed = await Batches.ReceiveNewAsync(connection, Definition.QueueOf(options), messages, clock.GetUtcNow(), cancellationToken);
        var versions = changed.GroupBy(e => (e.OrganisationId, e.Version)).Select(group => group.MinBy(e => e.ChangedAt ?? DateTimeOffset.MinValue));
        var touched = await KeepAsync(connection, JsonSerializer.Serialize(versions), cancellationToken);
        if (touched.Length > 0 && options.WhenMoved is { } follow)
        {
            await follow(services, connection, touched, cancellationToken);
        }

        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<Guid[]> KeepAsync(NpgsqlConnection connection, string versions, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Keep, connection) { CommandTimeout = PatienceSeconds };
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = versions });
        var touched = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            touched.Add(reader.GetGuid(0));
        }

        return [.. touched];
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
