using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>Keeps the organisation replica: a newer version replaces the row, an older or repeated one changes nothing.</summary>
public sealed class OrganisationChangedConsumer(ReplicaContext replica, AccessCache access) : IConsumer<OrganisationChanged>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var e = context.Message;
        string[] levelRoles = [.. e.LevelRoles], grades = [.. e.Grades];
        await replica.Db.Database.ExecuteSqlAsync($"""
            insert into organisations (id, parent_id, path, code, name_zh, name_en, level_roles, kind, school_type, urban_rural, run_by, grades, valid_from, valid_to, version)
            values ({e.OrganisationId}, {e.ParentId}, {e.Path}, {e.Code}, {e.NameZh}, {e.NameEn}, {levelRoles}, {e.Kind}, {e.SchoolType}, {e.UrbanRural}, {e.RunBy}, {grades}, {e.ValidFrom}, {e.ValidTo}, {e.Version})
            on conflict (id) do update set parent_id = excluded.parent_id, path = excluded.path, code = excluded.code, name_zh = excluded.name_zh,
              name_en = excluded.name_en, level_roles = excluded.level_roles, kind = excluded.kind, school_type = excluded.school_type, urban_rural = excluded.urban_rural,
              run_by = excluded.run_by, grades = excluded.grades, valid_from = excluded.valid_from, valid_to = excluded.valid_to, version = excluded.version
            where organisations.version < excluded.version
            """, context.CancellationToken);
        access.Forget();
    }

    /// <summary>Endpoint of one service: "{service}-organisation-changed".</summary>
    public sealed class Definition : ConsumerDefinition<OrganisationChangedConsumer>
    {
        /// <summary>Created by the container.</summary>
        public Definition(ReplicaOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            EndpointName = $"{options.Service}-organisation-changed";
        }

        /// <inheritdoc />
        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrganisationChangedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
