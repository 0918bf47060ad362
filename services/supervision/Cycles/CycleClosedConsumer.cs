using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>From here on the cycle's reviews and roster no longer follow the tree; a move that was made after the closing and came before it is taken back.</summary>
internal sealed class CycleClosedConsumer(SupervisionDbContext db) : IConsumer<CycleClosed>
{
    public async Task Consume(ConsumeContext<CycleClosed> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.HoldAsync(connection, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"insert into cycle_closings (cycle_id, closed_at) values ({e.CycleId}, {e.ClosedAt.ToUniversalTime()}) on conflict do nothing", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update cycles c set closed_at = x.closed_at from cycle_closings x where c.id = {e.CycleId} and x.cycle_id = c.id and c.closed_at is null", cancellationToken);
        await ReviewPlaces.FollowAsync(connection, e.CycleId, cancellationToken);
        await RosterPlaces.FollowAsync(connection, e.CycleId, cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<CycleClosedConsumer>
    {
        public Definition() => EndpointName = "supervision-cycle-closed";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleClosedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
