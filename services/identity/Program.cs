using Gengdu.Identity.Assignments;
using Gengdu.Identity.Data;
using Gengdu.Identity.Organisations;
using Gengdu.Identity.People;
using Gengdu.Identity.Protocol;
using Gengdu.Messaging;
using Gengdu.Organisations;
using Gengdu.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("identity");
builder.AddServiceAuthentication("identity");
builder.AddPostgres<IdentityDbContext>("identity");
builder.AddKeyRing("identity");
builder.AddMessageBus<IdentityDbContext>();
builder.AddOrganisations<IdentityDbContext>("identity", endedSignInsQuery: ProtocolExtensions.EndedSignInsQuery);
builder.AddPeople();
builder.AddProtocol();

var app = builder.Build();
if (await app.TryMigrateAsync<IdentityDbContext>(args))
{
    return;
}

app.UseForwardedHeaders();
app.UsePublicScheme();
app.UseServiceDefaults();
app.UseCaller();
app.MapOrganisations();
app.MapPeople();
app.MapAssignments();
app.MapProtocol();
await app.RunAsync();
