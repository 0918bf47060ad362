using Gengdu.Audit;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Checks;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.DeadlineRoom;
using Gengdu.Reporting.Documents;
using Gengdu.Reporting.Exemptions;
using Gengdu.Reporting.Extensions;
using Gengdu.Reporting.Masters;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Outages;
using Gengdu.Reporting.Peers;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.Reporting.Retention;
using Gengdu.ServiceDefaults;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("reporting");
builder.AddServiceAuthentication("reporting");
builder.AddPostgres<ReportingDbContext>(ReportingDbContext.Schema);
builder.AddAudit<ReportingDbContext>("reporting");
builder.AddMessageBus<ReportingDbContext>(bus =>
{
    bus.AddOrganisationConsumers();
    bus.AddAuditWitness();
    bus.AddConsumer<ReviewerGroupChangedConsumer, ReviewerGroupChangedConsumer.Definition>();
    bus.AddConsumer<ModuleReportReturnedConsumer, ModuleReportReturnedConsumer.Definition>();
    bus.AddConsumer<ModuleReportWithdrawnConsumer, ModuleReportWithdrawnConsumer.Definition>();
    bus.AddConsumer<ModuleReportUnlockedConsumer, ModuleReportUnlockedConsumer.Definition>();
    bus.AddConsumer<UnlockRequestedConsumer, UnlockRequestedConsumer.Definition>();
    bus.AddConsumer<UnlockRefusedConsumer, UnlockRefusedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsApprovedConsumer, ModuleReportsApprovedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsAcceptedConsumer, ModuleReportsAcceptedConsumer.Definition>();
});
builder.AddOrganisations<ReportingDbContext>("reporting", whenMoved: ReportPlaces.FollowAsync, reviewerGroups: true);

builder.Services.AddOptionsWithValidateOnStart<ProgrammeOptions>().BindConfiguration(ProgrammeOptions.Section).ValidateDataAnnotations();
builder.Services.AddSingleton<ProgrammeCatalogue>();
builder.Services.AddSingleton<ProgrammePublisher>();
builder.Services.AddHostedService(services => services.GetRequiredService<ProgrammePublisher>());
builder.Services.AddHealthChecks().AddCheck<ProgrammePublisher>("programmes");
builder.Services.AddSingleton<SubmissionWriter>();
builder.Services.AddHostedService(services => services.GetRequiredService<SubmissionWriter>());
builder.Services.AddHostedService<SubmissionKeyCleaner>();
builder.Services.AddHostedService<SavedBatchCleaner>();
builder.Services.AddOptionsWithValidateOnStart<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations();
builder.Services.AddSingleton<PersonalValueEraser>();
builder.Services.AddHostedService(services => services.GetRequiredService<PersonalValueEraser>());
builder.Services.AddOptionsWithValidateOnStart<OutageOptions>().BindConfiguration(OutageOptions.Section).ValidateDataAnnotations();
builder.Services.AddSingleton<Pulse>();
builder.Services.AddHostedService(services => services.GetRequiredService<Pulse>());
builder.AddDeadlineRoom();
builder.AddDocuments();
builder.Services.AddOptionsWithValidateOnStart<PeerOptions>().BindConfiguration(PeerOptions.Section).ValidateDataAnnotations();
builder.Services.AddSingleton<PeerRecomputer>();
builder.Services.AddHostedService(services => services.GetRequiredService<PeerRecomputer>());

var app = builder.Build();
if (await app.TryMigrateAsync<ReportingDbContext>(args))
{
    return;
}

// Read before the first request: a broken pack stops the start with file, line and reason.
_ = app.Services.GetRequiredService<ProgrammeCatalogue>();

app.UseAudit();
app.UseServiceDefaults();
app.UseCaller();
app.MapAudit("reporting");
app.MapProgrammes();
app.MapCycles();
app.MapExtensions();
app.MapExemptions();
app.MapOutages();
app.MapDeadlineRoom();
app.MapReports();
app.MapModuleReports();
app.MapChecks();
app.MapDocuments();
app.MapMasters();

await app.RunAsync();
