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
/// Marks the cycle closed: what was submitted before may still be reviewed, but its organisations no longer follow the tree. A
/// move that was made after the closing and came before it is taken back.
/// </summary>
internal sealed class CycleClosedConsumer(AnalyticsDbContext db, SchoolPlaces places) : IConsumer<CycleClosed>
{
    public async Task Consume(ConsumeContext<CycleClosed> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await TreeLock.ShareAsync(connection, cancellationToken);
        await CycleLock.TakeAsync(connection, [e.CycleId], cancellationToken);
        var fresh = await db.Database.ExecuteSqlAsync(
            $"insert into cycle_closings (cycle_id, closed_at) values ({e.CycleId}, {e.ClosedAt.ToUniversalTime()}) on conflict do nothing", cancellationToken);
        if (fresh > 0)
        {
            await places.FollowAsync(connection, e.CycleId, cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<CycleClosedConsumer>
    {
        public Definition() => EndpointName = "analytics-cycle-closed";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleClosedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
