using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>
/// The cycle's figures are made with the formulas of the new version from now on, all of them: sums of two formulas would be
/// sums of nothing. Revisions of both versions go into them, each read by its own form (ADR 0016).
/// </summary>
internal sealed class CycleProgrammeChangedConsumer(AnalyticsDbContext db, WholeRecount recount) : IConsumer<CycleProgrammeChanged>
{
    public async Task Consume(ConsumeContext<CycleProgrammeChanged> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CycleLock.TakeForProgrammeAsync(connection, e.ProgrammeKey, e.ProgrammeVersion, cancellationToken);
        await CycleLock.TakeAsync(connection, [e.CycleId], cancellationToken);
        var fresh = await db.Database.ExecuteSqlAsync($"""
            insert into cycle_programmes as p (cycle_id, programme_version, number) values ({e.CycleId}, {e.ProgrammeVersion}, {e.Number})
            on conflict (cycle_id) do update set programme_version = excluded.programme_version, number = excluded.number where p.number < excluded.number
            """, cancellationToken);
        if (fresh > 0)
        {
            await recount.RunAsync(connection, e.CycleId, cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<CycleProgrammeChangedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-cycle-programme-changed", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleProgrammeChangedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
