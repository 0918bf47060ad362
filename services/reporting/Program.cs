using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.Reporting.Cycles;
using Gengdu.Reporting.Data;
using Gengdu.Reporting.ModuleReports;
using Gengdu.Reporting.Programmes;
using Gengdu.Reporting.Reports;
using Gengdu.ServiceDefaults;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("reporting");
builder.AddServiceAuthentication("reporting");
builder.AddPostgres<ReportingDbContext>(ReportingDbContext.Schema);
builder.AddMessageBus<ReportingDbContext>(bus =>
{
    bus.AddOrganisationConsumers();
    bus.AddConsumer<ModuleReportReturnedConsumer, ModuleReportReturnedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsApprovedConsumer, ModuleReportsApprovedConsumer.Definition>();
    bus.AddConsumer<ModuleReportsAcceptedConsumer, ModuleReportsAcceptedConsumer.Definition>();
});
builder.AddOrganisations<ReportingDbContext>("reporting");

builder.Services.AddOptionsWithValidateOnStart<ProgrammeOptions>().BindConfiguration(ProgrammeOptions.Section).ValidateDataAnnotations();
builder.Services.AddSingleton<ProgrammeCatalogue>();
builder.Services.AddSingleton<ProgrammePublisher>();
builder.Services.AddHostedService(services => services.GetRequiredService<ProgrammePublisher>());
builder.Services.AddHealthChecks().AddCheck<ProgrammePublisher>("programmes");
builder.Services.AddSingleton<SubmissionWriter>();
builder.Services.AddHostedService(services => services.GetRequiredService<SubmissionWriter>());
builder.Services.AddHostedService<SubmissionKeyCleaner>();

var app = builder.Build();
if (await app.TryMigrateAsync<ReportingDbContext>(args))
{
    return;
}

// Read before the first request: a broken pack stops the start with file, line and reason.
_ = app.Services.GetRequiredService<ProgrammeCatalogue>();

app.UseServiceDefaults();
app.UseCaller();
app.MapProgrammes();
app.MapCycles();
app.MapReports();
app.MapModuleReports();

await app.RunAsync();
