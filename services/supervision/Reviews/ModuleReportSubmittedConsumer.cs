using Gengdu.Contracts.Reporting.V1;
using Gengdu.Messaging;
using Gengdu.Supervision.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Gengdu.Supervision.Reviews;

/// <summary>Opens a review with the first revision, starts it over with each newer one.</summary>
internal sealed class ModuleReportSubmittedConsumer(SupervisionDbContext db, TimeProvider clock) : IConsumer<ModuleReportSubmitted>
{
    public async Task Consume(ConsumeContext<ModuleReportSubmitted> context)
    {
        var e = context.Message;
        var now = clock.GetUtcNow();
        var submission = new Submission(
            e.ModuleReportId, e.Revision, e.ReportId, e.CycleId, e.ModuleKey, e.OrganisationId, e.OrganisationPath, ReviewKeys.Level(e.Level), e.SubmittedAt, e.SubmittedBy);
        var review = await db.Reviews.FirstOrDefaultAsync(r => r.ModuleReportId == e.ModuleReportId, context.CancellationToken);
        var changed = true;
        if (review is null)
        {
            // Two first deliveries at once meet at the unique index; the loser is retried and finds the row.
            review = Review.Open(submission, now);
            db.Add(review);
        }
        else
        {
            changed = review.Receive(submission, now);
        }

        if (changed && review.State == ReviewState.Accepted)
        {
            db.Publish(review.ToModuleReportsAccepted(by: null, now), now);
        }
    }

    internal sealed class Definition : ConsumerDefinition<ModuleReportSubmittedConsumer>
    {
        public Definition() => EndpointName = "supervision-module-report-submitted";

        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ModuleReportSubmittedConsumer> consumerConfigurator, IRegistrationContext context) =>
            endpointConfigurator.UseInbox(context);
    }
}
