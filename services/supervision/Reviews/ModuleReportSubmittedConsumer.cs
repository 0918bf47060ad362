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

    public Task Consume(ConsumeContext<Batch<ModuleReportSubmitted>> context) => Batches.ApplyAsync(context, ApplyAsync);

    private async Task ApplyAsync(IReadOnlyList<ConsumeContext<ModuleReportSubmitted>> messages, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var fresh = await Batches.ReceiveNewAsync(connection, Queue, messages, now, cancellationToken);
        var submitted = fresh.OrderBy(e => e.ModuleReportId).ThenBy(e => e.Revision).ToList();
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

    internal sealed class Definition : ConsumerDefinition<ModuleReportSubmittedConsumer>
    {
        public Definition() => EndpointName = Queue;

        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportSubmittedConsumer> consumerConfigurator, IRegistrationContext context) =>
            consumerConfigurator.InBatches(endpointConfigurator, BatchSize, TimeSpan.FromMilliseconds(50));
    }
}
