using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Rules;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Programmes;

/// <summary>Keeps the pack with its indicators; cycles that waited for it get their figures now.</summary>
internal sealed class ProgrammePublishedConsumer(AnalyticsDbContext db, WholeRecount recount) : IConsumer<ProgrammePublished>
{
    public async Task Consume(ConsumeContext<ProgrammePublished> context)
    {
        var e = context.Message;
        var cancellationToken = context.CancellationToken;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        // Refused before it is stored: a pack that does not compile here must be seen by an operator, not half used.
        _ = ProgrammeReader.FromJson(e.Bundle);
        await CycleLock.TakeForProgrammeAsync(connection, e.ProgrammeKey, e.ProgrammeVersion, cancellationToken);
        var fresh = await db.Database.ExecuteSqlAsync($"""
            insert into programmes (key, version, content_hash, bundle) values ({e.ProgrammeKey}, {e.ProgrammeVersion}, {e.ContentHash}, {e.Bundle})
            on conflict do nothing
            """, cancellationToken);
        if (fresh == 0)
        {
            return;
        }

        // Those that were opened with it or go on with it, and those whose reports were signed on it.
        var waiting = await db.Cycles.Where(c => c.ProgrammeKey == e.ProgrammeKey && (c.ProgrammeVersion == e.ProgrammeVersion
                || db.Set<CycleProgramme>().Any(p => p.CycleId == c.Id && p.ProgrammeVersion == e.ProgrammeVersion)
                || db.Set<ModuleValues>().Any(v => v.CycleId == c.Id && v.ProgrammeVersion == e.ProgrammeVersion)))
            .Select(c => c.Id).OrderBy(id => id).ToArrayAsync(cancellationToken);
        await CycleLock.TakeAsync(connection, waiting, cancellationToken);
        foreach (var cycleId in waiting)
        {
            await recount.RunAsync(connection, cycleId, cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<ProgrammePublishedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-programme-published", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ProgrammePublishedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
