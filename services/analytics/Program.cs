using Gengdu.Audit;
using Gengdu.Analytics.Comparisons;
using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Explanations;
using Gengdu.Analytics.Exports;
using Gengdu.Analytics.Explore;
using Gengdu.Analytics.Feed;
using Gengdu.Analytics.Feed.Keys;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Live;
using Gengdu.Analytics.Maps;
using Gengdu.Analytics.OpenFigures;
using Gengdu.Analytics.Programmes;
using Gengdu.Analytics.Publications;
using Gengdu.Analytics.Quality;
using Gengdu.Analytics.Recounts;
using Gengdu.Analytics.Reviews;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("analytics");
builder.AddServiceAuthentication("analytics");
builder.AddPostgres<AnalyticsDbContext>(AnalyticsDbContext.Schema, plansEachRequest: true);
builder.AddAudit<AnalyticsDbContext>("analytics");
builder.AddMessageBus<AnalyticsDbContext>(bus =>
{
    bus.AddOrganisationConsumers();
    bus.AddAuditWitness();
    bus.AddConsumer<ProgrammePublishedConsumer, ProgrammePublishedConsumer.Definition>();
    bus.AddConsumer<CycleOpenedConsumer, CycleOpenedConsumer.Definition>();
    bus.AddConsumer<CycleRosterPublishedConsumer, CycleRosterPublishedConsumer.Definition>();
    bus.AddConsumer<CycleClosedConsumer, CycleClosedConsumer.Definition>();
    bus.AddConsumer<ReportExemptedConsumer, ReportExemptedConsumer.Definition>();
    bus.AddConsumer<ExtensionDecidedConsumer, ExtensionDecidedConsumer.Definition>();
    bus.AddConsumer<CycleProgrammeChangedConsumer, CycleProgrammeChangedConsumer.Definition>();
    bus.AddConsumer<ModuleReportSubmittedConsumer, ModuleReportSubmittedConsumer.Definition>();
    bus.AddConsumer<ModuleReportReturnedConsumer, ModuleReportReturnedConsumer.Definition>();
    bus.AddConsumer<ModuleReportWithdrawnConsumer, ModuleReportWithdrawnConsumer.Definition>();
    bus.AddConsumer<ModuleReportUnlockedConsumer, ModuleReportUnlockedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsApprovedConsumer, ModuleReportsApprovedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsAcceptedConsumer, ModuleReportsAcceptedConsumer.Definition>();
    bus.AddConsumer<PersonSignInsEndedConsumer, PersonSignInsEndedConsumer.Definition>();
});
builder.AddOrganisations<AnalyticsDbContext>("analytics", whenMoved: (services, connection, organisationIds, cancellationToken) =>
    services.GetRequiredService<SchoolPlaces>().FollowAsync(connection, organisationIds, cancellationToken));

builder.Services.AddSingleton<ProgrammeShelf>();
builder.Services.AddSingleton<SchoolFigures>().AddSingleton<WholeRecount>().AddSingleton<SchoolPlaces>();
builder.Services.AddSingleton<ReviewActs>();
builder.AddFigures();
builder.AddRecounts();
builder.AddLive();
builder.AddQuality();
builder.AddPublications();
builder.AddExports();
builder.AddExplore();
builder.AddFeed();

var app = builder.Build();
if (await app.TryMigrateAsync<AnalyticsDbContext>(args))
{
    return;
}

app.UseAudit();
app.UseServiceDefaults();
app.UseCaller();
app.MapAudit("analytics");
app.MapCycles();
app.MapDashboards();
app.MapLive();
app.MapRecounts();
app.MapFigures();
app.MapComparisons();
app.MapQuality();
app.MapDefinitions();
app.MapPublications();
app.MapMaps();
app.MapExports();
app.MapExplore();
app.MapFeed();
app.MapOpenFigures();

await app.RunAsync();
