using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Opens a review with the first revision, starts it over with each newer one. In batches, because on the deadline day the
/// whole province submits within hours: a hundred submissions cost five round trips instead of six hundred.
/// </summary>
internal sealed class ModuleReportSubmittedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<Batch<ModuleReportSubmitted>>
{
    private const string Queue = "supervision-module-report-submitted";
    private const int BatchSize = 100;

    public async Task Consume(ConsumeContext<Batch<ModuleReportSubmitted>> context)
    {
        FaultPoints.Pass(FaultPoints.Delivered);
        ConsumeContext<ModuleReportSubmitted>[] messages = [.. context.Message];
        try
        {
            await ApplyAsync(messages, context.CancellationToken);
        }
        catch (Exception fault) when (messages.Length > 1 && !TransientFault.Is(fault))
        {
            await ApplyOneByOneAsync(messages, context.CancellationToken);
        }

        FaultPoints.Pass(FaultPoints.EffectCommitted);
    }

    /// <summary>One bad submission must not hold up ninety-nine others: these take effect, and only then the batch fails.</summary>
    private async Task ApplyOneByOneAsync(ConsumeContext<ModuleReportSubmitted>[] messages, CancellationToken cancellationToken)
    {
        var faults = new List<Exception>();
        foreach (var message in messages)
        {
            try
            {
                await ApplyAsync([message], cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested && !TransientFault.Is(fault))
            {
                faults.Add(fault);
            }
        }

        if (faults.Count > 0)
        {
            throw new AggregateException(faults);
        }
    }

    private async Task ApplyAsync(ConsumeContext<ModuleReportSubmitted>[] messages, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var fresh = await Inbox.ReceiveNewAsync(connection, Queue, [.. messages.Select(MessageId)], now, cancellationToken);
        var submitted = messages.Where(message => fresh.Contains(MessageId(message))).Select(message => message.Message).OrderBy(e => e.ModuleReportId).ThenBy(e => e.Revision).ToList();
        var ids = submitted.Select(e => e.ModuleReportId).Distinct().ToArray();
        var reviews = await db.Reviews.Where(review => ids.Contains(review.ModuleReportId)).ToDictionaryAsync(review => review.ModuleReportId, cancellationToken);
        foreach (var e in submitted)
        {
            Receive(e, reviews, now);
        }

        // Two first deliveries at once in two processes meet at the unique index; the loser is tried again and finds the row.
        await db.SaveChangesAsync(cancellationToken);
        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
    }

    private void Receive(ModuleReportSubmitted e, Dictionary<Guid, Review> reviews, DateTimeOffset now)
    {
        var submission = new Submission(
            e.ModuleReportId, e.Revision, e.ReportId, e.CycleId, e.ModuleKey, e.OrganisationId, e.OrganisationPath, ReviewKeys.Level(e.Level), e.SubmittedAt.ToUniversalTime(), e.SubmittedBy);
        var changed = true;
        if (reviews.TryGetValue(e.ModuleReportId, out var review))
        {
            changed = review.Receive(submission, now);
        }
        else
        {
            review = reviews[e.ModuleReportId] = Review.Open(submission, now);
            db.Add(review);
        }

        if (changed && review.State == ReviewState.Accepted)
        {
            db.Publish(review.ToModuleReportsAccepted(by: null, now), now);
        }
    }

    private static Guid MessageId(ConsumeContext<ModuleReportSubmitted> message) =>
        message.MessageId ?? throw new InvalidOperationException("A message without id cannot be consumed once");

    internal sealed class Definition : ConsumerDefinition<ModuleReportSubmittedConsumer>
    {
        public Definition() => EndpointName = Queue;

        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportSubmittedConsumer> consumerConfigurator, IRegistrationContext context)
        {
            // Two batches in flight: one being written, the next one filling.
            endpointConfigurator.PrefetchCount = 2 * BatchSize;
            consumerConfigurator.Options<BatchOptions>(batch => batch
                .SetMessageLimit(BatchSize)
                .SetTimeLimit(TimeSpan.FromMilliseconds(50))
                .SetTimeLimitStart(BatchTimeLimitStart.FromFirst)
                .SetConcurrencyLimit(1));
        }
    }
}
