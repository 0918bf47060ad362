using Gengdu.Contracts.Reporting.V1;
using Gengdu.ServiceDefaults;
using MassTransit;
using Npgsql;

namespace Gengdu.Messaging.Tests;

/// <summary>A consumer of batches as analytics has one: inbox and effects of a batch in one transaction.</summary>
internal sealed class ProbeBatchConsumer(Database database, Gathering<ProbeBatchConsumer, ReportExempted> gathering, Probe probe) : IConsumer<Batch<ReportExempted>>
{
    public const string Queue = "probe-report-exempted";

    public Task Consume(ConsumeContext<Batch<ReportExempted>> context) => gathering.ApplyAsync(context, ApplyAsync);

    private async Task ApplyAsync(IReadOnlyList<ConsumeContext<ReportExempted>> messages, CancellationToken cancellationToken)
    {
        probe.Batches.Enqueue([.. messages.Select(message => message.Message.ReportId)]);
        await using var connection = await database.System.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var fresh = await Batches.ReceiveNewAsync(connection, Queue, messages, TimeProvider.System.GetUtcNow(), cancellationToken);
        await using var effect = new NpgsqlCommand("insert into effects (id, subject) select gen_random_uuid(), s from unnest($1) s", connection)
        { Parameters = { new() { Value = fresh.Select(message => message.ReportId).ToArray() } } };
        await effect.ExecuteNonQueryAsync(cancellationToken);
        foreach (var message in fresh)
        {
            probe.BehaveInBatch(message);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    internal sealed class Definition : ConsumerDefinition<ProbeBatchConsumer>
    {
        public Definition() => EndpointName = Queue;

        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ProbeBatchConsumer> consumerConfigurator, IRegistrationContext context) =>
            consumerConfigurator.InGatheredBatches(endpointConfigurator, 100, TimeSpan.FromMilliseconds(200));
    }
}
