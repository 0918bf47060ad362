using Gengdu.Audit;
using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.FillIns;
using Gengdu.Identity.Notices;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;
using MassTransit;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("identity");
builder.AddServiceAuthentication("identity");
builder.AddPostgres<IdentityDbContext>("identity");
builder.AddAudit<IdentityDbContext>("identity");
builder.AddKeyRing("identity");
builder.AddMessageBus<IdentityDbContext>(bus =>
{
    bus.AddAuditWitness();
    bus.AddConsumer<NoticeRaisedConsumer, NoticeRaisedConsumer.Definition>();
});
builder.AddOrganisations<IdentityDbContext>("identity", endedSignInsQuery: ProtocolExtensions.EndedSignInsQuery);
builder.AddTree();
builder.AddPeople();
builder.AddProtocol();
builder.AddNotices();

var app = builder.Build();
if (await app.TryMigrateAsync<IdentityDbContext>(args))
{
    return;
}

app.UseForwardedHeaders();
app.UsePublicScheme();
app.UseAudit();
app.UseServiceDefaults();
app.UseCaller();
app.MapAudit("identity");
app.MapOrganisations();
app.MapPeople();
app.MapAssignments();
app.MapFillIns();
app.MapNotices();
app.MapProtocol();
await app.RunAsync();
