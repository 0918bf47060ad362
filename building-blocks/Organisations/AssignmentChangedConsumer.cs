using Gengdu.Contracts.Identity.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Organisations;

/// <summary>Keeps the assignment replica. A removed right ends with this event and cannot come back by an older one.</summary>
public sealed class AssignmentChangedConsumer(ReplicaContext replica, ReplicaOptions options, AccessCache access, IServiceProvider services) : IConsumer<AssignmentChanged>
{
    /// <inheritdoc />
    public async Task Consume(ConsumeContext<AssignmentChanged> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var e = context.Message;
        var changed = await replica.Db.Database.ExecuteSqlAsync($"""
            insert into assignments (id, person_id, role, organisation_id, valid_from, valid_to, removed, version)
            values ({e.AssignmentId}, {e.PersonId}, {e.Role}, {e.OrganisationId}, {e.ValidFrom}, {e.ValidTo}, {e.Removed}, {e.Version})
            on conflict (id) do update set person_id = excluded.person_id, role = excluded.role, organisation_id = excluded.organisation_id,
              valid_from = excluded.valid_from, valid_to = excluded.valid_to, removed = excluded.removed, version = excluded.version
            where assignments.version < excluded.version
            """, context.CancellationToken);
        if (changed > 0 && options.WhenAssigned is { } follow)
        {
            await follow(services, e, context.CancellationToken);
        }

        access.Forget();
    }

    /// <summary>Endpoint of one service: "{service}-assignment-changed".</summary>
    public sealed class Definition : ConsumerDefinition<AssignmentChangedConsumer>
    {
        /// <summary>Created by the container.</summary>
        public Definition(ReplicaOptions options)
        {
            ArgumentNullException.ThrowIfNull(options);
            EndpointName = $"{options.Service}-assignment-changed";
        }

        /// <inheritdoc />
        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<AssignmentChangedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
