using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gengdu.Supervision.Reviews;

/// <summary>
/// Opens a review with the first revision, starts it over with each newer one. In batches, because on the deadline day the
/// whole province submits within hours: a hundred submissions cost eight round trips instead of six hundred.
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
        await TreeLock.ShareAsync(connection, cancellationToken);
        var fresh = await Batches.ReceiveNewAsync(connection, Queue, messages, now, cancellationToken);
        var submitted = fresh.OrderBy(e => e.ModuleReportId).ThenBy(e => e.Revision).Select(ToSubmission).ToList();
        var ids = submitted.Select(e => e.ModuleReportId).Distinct().ToArray();
        var reviews = await db.Reviews.Where(review => ids.Contains(review.ModuleReportId)).ToDictionaryAsync(review => review.ModuleReportId, cancellationToken);
        var places = await ReviewPlaces.PresentAsync(connection, submitted, cancellationToken);
        foreach (var submission in submitted)
        {
            Receive(submission with { OrganisationPath = places[submission.ModuleReportId] }, reviews, now);
        }

        // Two first deliveries at once in two processes meet at the unique index; the loser is tried again and finds the row.
        await db.SaveChangesAsync(cancellationToken);
        await ReviewPlaces.SettleAsync(connection, [.. reviews.Values.Select(review => review.Id)], cancellationToken);
        FaultPoints.Pass(FaultPoints.EffectWritten);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Submission ToSubmission(ModuleReportSubmitted e) => new(
        e.ModuleReportId, e.Revision, e.ReportId, e.CycleId, e.ModuleKey, e.OrganisationId, e.OrganisationPath, ReviewKeys.Level(e.Level), e.SubmittedAt.ToUniversalTime(), e.SubmittedBy, e.PersonalCells,
        e.ExplainedWarnings, Late: !e.OnTime, e.Outliers);

    private void Receive(Submission submission, Dictionary<Guid, Review> reviews, DateTimeOffset now)
    {
        var changed = true;
        if (reviews.TryGetValue(submission.ModuleReportId, out var review))
        {
            changed = review.Receive(submission, now);
        }
        else
        {
            review = reviews[submission.ModuleReportId] = Review.Open(submission, now);
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
