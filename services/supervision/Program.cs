using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using Gengdu.Supervision.Data;
using Gengdu.Supervision.Reviews;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults("supervision");
builder.AddServiceAuthentication("supervision");
builder.AddPostgres<SupervisionDbContext>("supervision");
builder.AddMessageBus<SupervisionDbContext>(bus =>
{
    bus.AddOrganisationConsumers();
    bus.AddConsumer<ModuleReportSubmittedConsumer, ModuleReportSubmittedConsumer.Definition>();
});
builder.AddOrganisations<SupervisionDbContext>("supervision");

var app = builder.Build();
if (await app.TryMigrateAsync<SupervisionDbContext>(args))
{
    return;
}

app.UseServiceDefaults();
app.UseCaller();
app.MapReviews();

await app.RunAsync();
