using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Deadlines;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>
/// More time that was given moves what the board and the ladder count from, what was refused does not; the latest of several counts.
/// The people concerned are told either way.
/// </summary>
internal sealed class ExtensionDecidedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<ExtensionDecided>
{
    public async Task Consume(ConsumeContext<ExtensionDecided> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        if (e.Approved && e.Until is { } until)
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            await TreeLock.ShareAsync(connection, cancellationToken);
            await CycleExtension.HoldAsync(connection, e.CycleId, cancellationToken);
            await db.Database.ExecuteSqlAsync($"""
                insert into extensions (id, cycle_id, organisation_id, organisation_path, covers_subtree, until)
                values ({e.ExtensionId}, {e.CycleId}, {e.OrganisationId}, {e.OrganisationPath}, {e.CoversSubtree}, {until.ToUniversalTime()}) on conflict do nothing
                """, cancellationToken);
            await CycleExtension.ApplyAsync(connection, e.CycleId, e.ExtensionId, reportIds: null, cancellationToken);
        }

        await db.TellAsync(e, clock.GetUtcNow(), cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ExtensionDecidedConsumer>
    {
        public Definition() => EndpointName = "supervision-extension-decided";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ExtensionDecidedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
