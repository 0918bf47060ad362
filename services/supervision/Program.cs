using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Clocks;
using Gengdu.Supervision.Conversations;
using Gengdu.Supervision.Cycles;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Deadlines;
using Gengdu.Supervision.Dispatches;
using Gengdu.Supervision.Groups;
using Gengdu.Supervision.Home;
using Gengdu.Supervision.Notices;
using Gengdu.Supervision.Returns;
using Gengdu.Supervision.Reviews;
using Gengdu.Supervision.Samples;
using Gengdu.Supervision.Urges;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("supervision");
builder.AddServiceAuthentication("supervision");
builder.AddPostgres<SupervisionDbContext>("supervision");
builder.AddAudit<SupervisionDbContext>("supervision");
builder.AddMessageBus<SupervisionDbContext>(bus =>
{
    bus.AddOrganisationConsumers();
    bus.AddAuditWitness();
    bus.AddConsumer<CycleOpenedConsumer, CycleOpenedConsumer.Definition>();
    bus.AddConsumer<CycleRosterPublishedConsumer, CycleRosterPublishedConsumer.Definition>();
    bus.AddConsumer<CycleClosedConsumer, CycleClosedConsumer.Definition>();
    bus.AddConsumer<FiguresPublishedConsumer, FiguresPublishedConsumer.Definition>();
    bus.AddConsumer<ReportExemptedConsumer, ReportExemptedConsumer.Definition>();
    bus.AddConsumer<ExtensionDecidedConsumer, ExtensionDecidedConsumer.Definition>();
    bus.AddConsumer<ExtensionRequestedConsumer, ExtensionRequestedConsumer.Definition>();
    bus.AddConsumer<ExemptionRequestedConsumer, ExemptionRequestedConsumer.Definition>();
    bus.AddConsumer<ExemptionRefusedConsumer, ExemptionRefusedConsumer.Definition>();
    bus.AddConsumer<ModuleReportSubmittedConsumer, ModuleReportSubmittedConsumer.Definition>();
    bus.AddConsumer<SchoolQualityAssessedConsumer, SchoolQualityAssessedConsumer.Definition>();
    bus.AddConsumer<SavedViewSentConsumer, SavedViewSentConsumer.Definition>();
    bus.AddConsumer<SavedViewStoppedConsumer, SavedViewStoppedConsumer.Definition>();
    bus.AddConsumer<SampleDrawnConsumer, SampleDrawnConsumer.Definition>();
    bus.AddConsumer<SampleApprovedConsumer, SampleApprovedConsumer.Definition>();
    bus.AddConsumer<CountySentConsumer, CountySentConsumer.Definition>();
    bus.AddConsumer<CountyGapsDecidedConsumer, CountyGapsDecidedConsumer.Definition>();
});
builder.AddOrganisations<SupervisionDbContext>("supervision", reviewerGroups: true, whenMoved: async (services, connection, organisationIds, cancellationToken) =>
{
    await ReviewPlaces.FollowAsync(services, connection, organisationIds, cancellationToken);
    await RosterPlaces.FollowAsync(connection, organisationIds, cancellationToken);
    await ClockPlaces.FollowAsync(connection, organisationIds, cancellationToken);
}, whenAssigned: RightNotices.TellGivenAsync);

builder.AddNotices();
builder.AddClocks();

var app = builder.Build();
if (await app.TryMigrateAsync<SupervisionDbContext>(args))
{
    return;
}

app.UseAudit();
app.UseServiceDefaults();
app.UseCaller();
app.MapAudit("supervision");
app.MapReviews();
app.MapReviewerGroups();
app.MapReturns();
app.MapNotices();
app.MapConversations();
app.MapClocks();
app.MapUrges();
app.MapHome();
app.MapSamples();
app.MapDispatches();

await app.RunAsync();
