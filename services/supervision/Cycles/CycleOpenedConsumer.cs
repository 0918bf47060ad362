using System.Text.Json;
using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Cycles;

/// <summary>Keeps the cycle, once. Its roster and even its closing may have come before it.</summary>
internal sealed class CycleOpenedConsumer(SupervisionDbContext db) : IConsumer<CycleOpened>
{
    public async Task Consume(ConsumeContext<CycleOpened> context)
    {
        var (e, cancellationToken) = (context.Message, context.CancellationToken);
        // A closing waits for this transaction or is seen by it: neither can pass the other without leaving its mark.
        await TreeLock.ShareAsync((NpgsqlConnection)db.Database.GetDbConnection(), cancellationToken);
        var deadlines = JsonSerializer.Serialize(e.Deadlines, JsonSerializerOptions.Web);
        var names = JsonSerializer.Serialize(e.ModuleNames ?? [], JsonSerializerOptions.Web);
        string[] moduleKeys = [.. e.ModuleKeys];
        await db.Database.ExecuteSqlAsync($"""
            insert into cycles (id, programme_key, name_zh, name_en, period_key, opens_at, deadlines, module_keys, module_names, roster_size, opened_at, closed_at)
            values ({e.CycleId}, {e.ProgrammeKey}, {e.NameZh}, {e.NameEn}, {e.PeriodKey}, {e.OpensAt.ToUniversalTime()}, {deadlines}::jsonb, {moduleKeys}, {names}::jsonb, {e.RosterSize},
              {e.OpenedAt.ToUniversalTime()}, (select closed_at from cycle_closings where cycle_id = {e.CycleId}))
            on conflict do nothing
            """, cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<CycleOpenedConsumer>
    {
        public Definition() => EndpointName = "supervision-cycle-opened";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<CycleOpenedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
