using Gengdu.Contracts.Audit.V1;
using Gengdu.Messaging;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Audit;

/// <summary>Keeps another service's checkpoint. Twice changes nothing; two that differ at one size are both kept.</summary>
internal sealed class AuditCheckpointedConsumer(AuditContext audit, TimeProvider clock) : IConsumer<AuditCheckpointed>
{
    public async Task Consume(ConsumeContext<AuditCheckpointed> context)
    {
        var e = context.Message;
        await audit.Db.Database.ExecuteSqlAsync($"""
            insert into audit_witnessed (stream, size, root, line, received_at) values ({e.Stream}, {e.Size}, {e.Root}, {e.Line}, {clock.GetUtcNow()})
            on conflict do nothing
            """, context.CancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<AuditCheckpointedConsumer>
    {
        public Definition(AuditOptions options) => EndpointName = $"{options.Stream}-audit-checkpointed";

        protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<AuditCheckpointedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
