using Gengdu.Analytics.Cycles;
using Gengdu.Analytics.Dashboards;
using Gengdu.Analytics.Data;
using Gengdu.Analytics.Figures;
using Gengdu.Analytics.Programmes;
using Gengdu.Analytics.Reviews;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("analytics");
builder.AddServiceAuthentication("analytics");
builder.AddPostgres<AnalyticsDbContext>(AnalyticsDbContext.Schema);
builder.AddMessageBus<AnalyticsDbContext>(bus =>
{
    bus.AddOrganisationConsumers();
    bus.AddConsumer<ProgrammePublishedConsumer, ProgrammePublishedConsumer.Definition>();
    bus.AddConsumer<CycleOpenedConsumer, CycleOpenedConsumer.Definition>();
    bus.AddConsumer<CycleRosterPublishedConsumer, CycleRosterPublishedConsumer.Definition>();
    bus.AddConsumer<CycleClosedConsumer, CycleClosedConsumer.Definition>();
    bus.AddConsumer<ModuleReportSubmittedConsumer, ModuleReportSubmittedConsumer.Definition>();
    bus.AddConsumer<ModuleReportReturnedConsumer, ModuleReportReturnedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsApprovedConsumer, ModuleReportsApprovedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsAcceptedConsumer, ModuleReportsAcceptedConsumer.Definition>();
});
builder.AddOrganisations<AnalyticsDbContext>("analytics");

builder.Services.AddSingleton<ProgrammeShelf>();
builder.Services.AddSingleton<SchoolFigures>().AddSingleton<WholeRecount>();
builder.Services.AddSingleton<ReviewActs>();

var app = builder.Build();
if (await app.TryMigrateAsync<AnalyticsDbContext>(args))
{
    return;
}

app.UseServiceDefaults();
app.UseCaller();
app.MapCycles();
app.MapDashboards();
app.MapRebuilds();

await app.RunAsync();
