using System.Text.Json;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Analytics.Cycles;

/// <summary>Keeps the cycle; roster parts and submissions that came before it get their figures now.</summary>
internal sealed class CycleOpenedConsumer(AnalyticsDbContext db, WholeRecount recount) : IConsumer<CycleOpened>
{
    public async Task Consume(ConsumeContext<CycleOpened> context)
    {
        var e = context.Message;
        var cancellationToken = context.CancellationToken;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await CycleLock.TakeForProgrammeAsync(connection, e.ProgrammeKey, e.ProgrammeVersion, cancellationToken);
        await CycleLock.TakeAsync(connection, [e.CycleId], cancellationToken);
        var deadlines = JsonSerializer.Serialize(e.Deadlines, JsonSerializerOptions.Web);
        string[] moduleKeys = [.. e.ModuleKeys];
        var fresh = await db.Database.ExecuteSqlAsync($"""
            insert into cycles (id, programme_key, programme_version, name_zh, name_en, period_key, period_start, period_end, academic_year,
              fiscal_year, opens_at, deadlines, module_keys, roster_size, opened_at)
            values ({e.CycleId}, {e.ProgrammeKey}, {e.ProgrammeVersion}, {e.NameZh}, {e.NameEn}, {e.PeriodKey}, {e.PeriodStart}, {e.PeriodEnd}, {e.AcademicYear},
              {e.FiscalYear}, {e.OpensAt.ToUniversalTime()}, {deadlines}::jsonb, {moduleKeys}, {e.RosterSize}, {e.OpenedAt.ToUniversalTime()})
            on conflict do nothing
            """, cancellationToken);
        if (fresh > 0)
        {
            await recount.RunAsync(connection, e.CycleId, cancellationToken);
        }
    }

    internal sealed class Definition : ConsumerDefinition<CycleOpenedConsumer>
    {
        public Definition() => (EndpointName, ConcurrentMessageLimit) = ("analytics-cycle-opened", 1);

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleOpenedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
